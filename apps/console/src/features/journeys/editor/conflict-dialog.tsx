import { Button, Group, List, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Words } from '../drawing/flow.ts';
import { compare, type Differences } from '../graph/compare.ts';
import type { Definition } from '../graph/types.ts';
import { type Conflict, mergeDrafts } from './draft.ts';
import type { DraftState } from './use-draft.ts';

interface Props {
  readonly conflict: Conflict;
  readonly state: DraftState;
  readonly words: Words;
}

/** Somebody else saved meanwhile: says what they changed, and goes on with both or with theirs. Nothing typed is lost. */
export function ConflictDialog({ conflict: { base, theirs }, state, words }: Props) {
  const { t } = useTranslation('journeys');
  const { overruled } = mergeDrafts(base, theirs.draft, state.draft);
  const all = {
    ...base.definition.nodes,
    ...state.draft.definition.nodes,
    ...theirs.draft.definition.nodes,
  };
  const nameOf = (id: string): string => {
    const node = all[id];
    return node ? words.title(id, node) : id;
  };
  return (
    <Modal opened onClose={state.leaveConflict} title={t('conflict.title')} centered size="lg">
      <Stack>
        <Text fz="sm">{t('conflict.hint')}</Text>
        <Changes before={base.definition} after={theirs.draft.definition} nameOf={nameOf} />
        {overruled.length > 0 && (
          <Text fz="sm">
            {t('conflict.overruled')}{' '}
            <b>{overruled.map((what) => nameOf(what.split(' ')[0] ?? what)).join(', ')}</b>
          </Text>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="subtle" color="gray" onClick={state.leaveConflict}>
            {t('conflict.later')}
          </Button>
          <Button variant="default" onClick={() => state.settle('theirs')}>
            {t('conflict.theirs')}
          </Button>
          <Button onClick={() => state.settle('both')} data-autofocus>
            {t('conflict.both')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What somebody changed, in a list. */
function Changes({
  before,
  after,
  nameOf,
}: {
  before: Definition;
  after: Definition;
  nameOf: (id: string) => string;
}) {
  const { t } = useTranslation('journeys');
  const { nodes, edges, settings }: Differences = compare(before, after);
  if (nodes.size + edges.size + settings.length === 0) return <Text fz="sm">{t('conflict.elsewhere')}</Text>;
  return (
    <List fz="sm" spacing={2} aria-label={t('conflict.changes')}>
      {[...nodes].map(([id, change]) => (
        <List.Item key={id}>
          <b>{nameOf(id)}</b>: {t(`tones.${change}`)}
        </List.Item>
      ))}
      {edges.size > 0 && <List.Item>{t('conflict.edges', { count: edges.size })}</List.Item>}
      {settings.map((name) => (
        <List.Item key={name}>
          {t('settings.label')}: {t(`settings.fields.${name}`)}
        </List.Item>
      ))}
    </List>
  );
}
