import { Badge, Group, Stack, Tabs, Text, Textarea } from '@mantine/core';
import { directionOf, type TextSlot, textsOf } from '@promosmith/core/content';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton, Empty, Panel } from '../../../kit/index.ts';
import { localeName } from '../../../kit/locale-name.ts';
import { missingIn, removeLocale, setTranslation } from '../document/edits.ts';
import { AddLanguage } from './add-language.tsx';
import classes from './editor.module.css';
import { useEditor } from './editor-context.ts';
import { errorOf, isAt, Warnings } from './findings.tsx';
import { TextField } from './text-field.tsx';
import { useTextName } from './use-text-name.ts';

interface Props {
  /** The language that stands beside the document's own. */
  readonly locale: string | undefined;
  readonly onLocale: (locale: string | undefined) => void;
}

/** Every text beside what it is in another language; what is missing is said. */
export function TranslationsTab({ locale, onLocale }: Props) {
  const { t } = useTranslation('content');
  const { document, change, mayEdit } = useEditor();
  const locales = Object.keys(document.translations);
  const shown = locale !== undefined && locales.includes(locale) ? locale : locales[0];
  const add = mayEdit && <AddLanguage onAdded={onLocale} />;
  if (shown === undefined)
    return (
      <Panel>
        <Empty
          icon={IconLanguage}
          title={t('translations.none')}
          hint={t('translations.noneHint', { language: localeName(document.locale) })}
          action={add}
        />
      </Panel>
    );
  return (
    <Panel
      title={t('translations.title')}
      hint={t('translations.hint', { language: localeName(document.locale) })}
      actions={add}
    >
      <Tabs
        value={shown}
        onChange={(value) => onLocale(value ?? undefined)}
        variant="pills"
        keepMounted={false}
      >
        <Tabs.List mb="md" aria-label={t('translations.languages')}>
          {locales.map((one) => {
            const missing = missingIn(document, one).length;
            return (
              <Tabs.Tab
                key={one}
                value={one}
                rightSection={
                  missing > 0 && (
                    <Badge size="sm" variant="light" color="yellow" radius="sm" tt="none">
                      {t('translations.missing', { count: missing })}
                    </Badge>
                  )
                }
              >
                {localeName(one)}
              </Tabs.Tab>
            );
          })}
        </Tabs.List>
        <Tabs.Panel value={shown}>
          <Stack gap="md">
            {textsOf(document)
              .filter(({ source, key }) => source !== '' || document.translations[shown]?.[key] !== undefined)
              .map((slot) => (
                <Row key={slot.key} slot={slot} locale={shown} />
              ))}
            {mayEdit && (
              <Group justify="flex-end">
                <ConfirmButton
                  variant="subtle"
                  color="red"
                  size="compact-sm"
                  label={t('translations.remove', { language: localeName(shown) })}
                  title={t('translations.remove', { language: localeName(shown) })}
                  consequence={t('translations.removeMeans', {
                    language: localeName(shown),
                    own: localeName(document.locale),
                  })}
                  onConfirm={async () => {
                    change(removeLocale(document, shown));
                    onLocale(undefined);
                  }}
                />
              </Group>
            )}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Panel>
  );
}

/** One text in both languages. Addresses and codes are the same in most: they may be left empty. */
function Row({ slot: { key, kind }, locale }: { slot: TextSlot; locale: string }) {
  const { t } = useTranslation('content');
  const { document, change, findings, mayEdit } = useEditor();
  const name = useTextName()(key);
  const said = findings.filter(isAt(key, locale));
  const isWords = kind === 'plain' || kind === 'line';
  const text = document.translations[locale]?.[key] ?? '';
  return (
    <div className={classes.sideBySide} data-text={`${key} ${locale}`}>
      <TextField of={key} label={name} rows={kind === 'plain' ? 2 : 1} />
      <div>
        <Textarea
          label={localeName(locale)}
          aria-label={t('translations.of', { name, language: localeName(locale) })}
          lang={locale}
          dir={directionOf(locale)}
          autosize
          minRows={1}
          disabled={!mayEdit}
          placeholder={t(isWords ? 'translations.toSay' : 'translations.same')}
          error={errorOf(said)}
          value={text}
          onChange={({ currentTarget: { value } }) =>
            change(setTranslation(document, locale, key, value), `${locale} ${key}`)
          }
        />
        {isWords && text.trim() === '' && (
          <Text fz="xs" c="yellow" mt={3}>
            {t('translations.isMissing')}
          </Text>
        )}
        <Warnings of={said.filter((finding) => finding.key !== 'translation_incomplete')} />
      </div>
    </div>
  );
}
