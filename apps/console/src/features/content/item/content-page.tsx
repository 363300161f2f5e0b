import { Badge, Stack, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { ConflictDialog, LeaveGuard, SaveBar } from '../../../kit/editing/index.ts';
import { ErrorBox, Loaded, Page, PageTabs, Status } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';
import { missingIn, tidy } from '../document/edits.ts';
import { DesignTab } from '../editor/design-tab.tsx';
import { EditorProvider, type Finding } from '../editor/editor-context.ts';
import { TranslationsTab } from '../editor/translations-tab.tsx';
import { useTemplateValues } from '../editor/use-template-values.ts';
import { usePreview } from '../preview/use-preview.ts';
import { ItemMenu } from './item-menu.tsx';
import { type Item, useItem } from './use-item.ts';
import { UsesTab } from './uses-tab.tsx';
import { VersionsTab } from './versions-tab.tsx';
import { WithPreview } from './with-preview.tsx';

/** A piece of content: what it says in which language, what it looks like, what it was, and who sends it. */
export function ContentPage() {
  const { contentId } = useParams({ from: '/shell/content/$contentId' });
  const item = useRead('getContent', { params: { contentId } });
  return <Loaded of={item}>{(data) => <View key={data.id} item={data} />}</Loaded>;
}

const TYPING_MS = 400;

function View({ item }: { item: Item }) {
  const { t } = useTranslation('content');
  const say = useSay();
  const { filters, setFilters } = useFilters<'tab'>();
  const mayEdit = useMay('journeys:write') && !item.archived;
  const edited = useItem(item);
  const { name, document } = edited.state;
  const preview = usePreview();
  const values = useTemplateValues(preview.event?.fields ?? NO_FIELDS);
  const [opened, setOpened] = useState<string>();
  const [looked] = useDebouncedValue(document, TYPING_MS);
  const event = preview.event?.fields.map((field) => field.name);
  const lint = useRead('lintContent', { body: { document: looked, ...(event && { event }) } });
  const findings = lint.data?.findings ?? item.findings;
  const missing = Object.keys(document.translations).reduce(
    (sum, locale) => sum + missingIn(document, locale).length,
    0,
  );
  const goTo = ({ text, locale }: Finding) => {
    if (locale !== undefined) preview.set({ locale });
    setFilters({ tab: locale === undefined ? undefined : 'translations' });
    setOpened(text?.split('.')[0]);
    const place = locale === undefined ? text : `${text} ${locale}`;
    setTimeout(() => {
      const at = globalThis.document.querySelector(`[data-text="${place}"], [data-block="${text}"]`);
      at?.scrollIntoView({ block: 'center' });
      at?.querySelector<HTMLElement>('input, textarea, button')?.focus();
    }, 50);
  };
  const tabs = [
    {
      value: 'design',
      label: t('tabs.design'),
      panel: () => (
        <WithPreview preview={preview} lintError={lint.error} onGo={goTo}>
          {mayEdit && (
            <TextInput
              label={t('fields.name')}
              required
              maxLength={200}
              mb="md"
              value={name}
              onChange={({ currentTarget: { value } }) =>
                edited.change({ ...edited.state, name: value }, 'name')
              }
            />
          )}
          <DesignTab opened={opened} onOpen={setOpened} />
        </WithPreview>
      ),
    },
    {
      value: 'translations',
      label: t('tabs.translations'),
      beside:
        missing > 0 ? (
          <Badge size="sm" variant="light" color="yellow" radius="sm" tt="none">
            {t('translations.missing', { count: missing })}
          </Badge>
        ) : undefined,
      panel: () => (
        <WithPreview preview={preview} lintError={lint.error} onGo={goTo}>
          <TranslationsTab locale={preview.locale} onLocale={(locale) => preview.set({ locale })} />
        </WithPreview>
      ),
    },
    {
      value: 'versions',
      label: t('tabs.versions'),
      panel: () => (
        <VersionsTab
          item={item}
          now={document}
          onTake={
            mayEdit
              ? (taken) => {
                  edited.change({ ...edited.state, document: taken });
                  setFilters({ tab: undefined });
                }
              : undefined
          }
        />
      ),
    },
    { value: 'uses', label: t('tabs.uses'), panel: () => <UsesTab contentId={item.id} /> },
  ];
  return (
    <EditorProvider
      value={{
        ...{ document, mayEdit, groups: values.groups, written: values.written, label: values.labels[0] },
        findings: findings.map((finding) => ({ ...finding, message: say(finding.message) })),
        change: (next, about) => edited.change({ name, document: tidy(next) }, about),
      }}
    >
      <Page
        title={name}
        beside={
          <>
            <Badge variant="default" tt="none" fw={500} radius="sm">
              {t(`channels.${item.channel}`)} · {t('version', { version: edited.version })}
            </Badge>
            {item.archived && <Status of="archived" />}
          </>
        }
        crumbs={[{ label: t('rooms.content'), link: { to: '/content' } }]}
        actions={
          <>
            <ItemMenu item={item} />
            {mayEdit && <SaveBar of={edited} />}
          </>
        }
      >
        <Stack gap="sm">
          {edited.error && <ErrorBox error={edited.error} />}
          <PageTabs
            label={item.name}
            value={filters.tab}
            onChange={(tab) => setFilters({ tab: tab === 'design' ? undefined : tab })}
            tabs={tabs}
          />
        </Stack>
        <ConflictDialog of={edited} />
        <LeaveGuard when={edited.isChanged} />
      </Page>
    </EditorProvider>
  );
}

const NO_FIELDS: readonly never[] = [];
