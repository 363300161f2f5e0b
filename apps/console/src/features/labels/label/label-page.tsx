import { Badge } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, send, useAct, useRead } from '../../../api/index.ts';
import { ConflictDialog, LeaveGuard, SaveBar, type Stored, useEditable } from '../../../kit/editing/index.ts';
import { Copyable, ErrorBox, fieldFaults, Loaded, Page, PageTabs, Status } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { DefinitionEditor } from '../editor/definition-editor.tsx';
import type { Definition } from '../kinds.ts';
import { ArchiveButton } from './archive-button.tsx';
import classes from './label-page.module.css';
import { PlayerPreview } from './player-preview.tsx';
import { VersionsTab } from './versions-tab.tsx';

/** A label tag: its values, what a player would get, and what it was. */
export function LabelPage() {
  const { labelName } = useParams({ from: '/shell/labels/$labelName' });
  const label = useRead('getLabel', { params: { labelName } });
  return <Loaded of={label}>{(data) => <View key={data.name} label={data} />}</Loaded>;
}

const storedOf = ({ version, definition }: Answer<'getLabel'>): Stored<Definition> => ({
  version,
  state: definition,
});

function View({ label }: { label: Answer<'getLabel'> }) {
  const { t } = useTranslation('labels');
  const { filters, setFilters } = useFilters<'tab'>();
  const mayWrite = useMay('journeys:write');
  const mayEdit = mayWrite && !label.archived;
  const params = { labelName: label.name };
  const { mutateAsync } = useAct('updateLabel');
  const edited = useEditable<Definition>({
    stored: storedOf(label),
    read: async () => storedOf(await send('getLabel', { params })),
    write: async (version, definition) =>
      storedOf(await mutateAsync({ params, body: { version, definition } })),
    saved: t('saved'),
  });
  const definition = edited.state;
  return (
    <Page
      title={label.name}
      description={t(`kindMeans.${definition.kind}`)}
      beside={
        <>
          <Badge variant="default" tt="none" fw={500} radius="sm">
            {t(`kind.${definition.kind}`)} · {t('version', { version: edited.version })}
          </Badge>
          {label.archived && <Status of="archived" />}
        </>
      }
      crumbs={[{ label: t('rooms.labels'), link: { to: '/labels' } }]}
      actions={
        <>
          <ArchiveButton label={label} />
          {mayEdit && <SaveBar of={edited} />}
        </>
      }
    >
      {edited.error && <ErrorBox error={edited.error} />}
      <PageTabs
        label={label.name}
        value={filters.tab}
        onChange={(tab) => setFilters({ tab: tab === 'values' ? undefined : tab })}
        tabs={[
          {
            value: 'values',
            label: t('tabs.values'),
            panel: () => (
              <div className={classes.columns}>
                <DefinitionEditor
                  name={label.name}
                  definition={definition}
                  faults={edited.error ? fieldFaults(edited.error, 'definition.') : {}}
                  mayEdit={mayEdit}
                  onChange={edited.change}
                />
                <aside className={classes.aside}>
                  <div className={classes.use}>
                    {t('editor.use')} <Copyable text={`{{ label.${label.name} }}`} />
                  </div>
                  {mayWrite && <PlayerPreview name={label.name} definition={definition} />}
                </aside>
              </div>
            ),
          },
          {
            value: 'versions',
            label: t('tabs.versions'),
            panel: () => (
              <VersionsTab
                label={label}
                now={definition}
                onTake={
                  mayEdit
                    ? (taken) => {
                        edited.change(taken);
                        setFilters({ tab: undefined });
                      }
                    : undefined
                }
              />
            ),
          },
        ]}
      />
      <ConflictDialog of={edited} />
      <LeaveGuard when={edited.isChanged} />
    </Page>
  );
}
