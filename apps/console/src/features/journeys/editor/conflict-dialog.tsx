import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ConflictDialog as Dialog } from '../../../kit/editing/index.ts';
import type { Words } from '../drawing/flow.ts';
import { compare, type Differences } from '../graph/compare.ts';
import type { Definition } from '../graph/types.ts';
import { type Draft, mergeDrafts } from './draft.ts';
import type { DraftState } from './use-draft.ts';

/** Somebody else saved the journey meanwhile: what they changed is told by the names of nodes. */
export function ConflictDialog({ state, words }: { state: DraftState; words: Words }) {
  return (
    <Dialog<Draft>
      of={state}
      tell={({ base, theirs }) => {
        const all = [base, state.draft, theirs.state].map(({ definition }) => definition.nodes);
        const nodes: Definition['nodes'] = Object.assign({}, ...all);
        const nameOf = (id: string): string => {
          const node = nodes[id];
          return node ? words.title(id, node) : id;
        };
        const { overruled } = mergeDrafts(base, theirs.state, state.draft);
        return {
          changes: <Changes before={base.definition} after={theirs.state.definition} nameOf={nameOf} />,
          overruled: overruled.map((what) => nameOf(what.split(' ')[0] ?? what)),
        };
      }}
    />
  );
}

interface ChangesProps {
  readonly before: Definition;
  readonly after: Definition;
  readonly nameOf: (id: string) => string;
}

/** What somebody changed, in a list. */
function Changes({ before, after, nameOf }: ChangesProps) {
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
