import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { useWords } from '../drawing/words.ts';
import {
  addNode,
  changeNode,
  clip,
  connect,
  disconnect,
  freeSpot,
  paste,
  removeNodes,
} from '../graph/edits.ts';
import type { Definition, Kind, Position } from '../graph/types.ts';
import type { Editor } from './editor-context.ts';
import type { DraftState } from './use-draft.ts';

const LINT_MS = 350;

type Picked = Pick<Editor, 'picked' | 'pickedEdge'>;
const NOTHING: Picked = { picked: [], pickedEdge: undefined };

/** Everything that can be done to a draft, and what the server has to say of it meanwhile. */
export function useEditorState({ draft, change }: DraftState): { editor: Editor; said: string } {
  const { t } = useTranslation('journeys');
  const [{ picked, pickedEdge }, setPicked] = useState(NOTHING);
  const [said, say] = useState('');
  const { definition } = draft;
  const words = useWords(definition);
  const [linted] = useDebouncedValue(definition, LINT_MS);
  const lint = useRead('lintJourney', { body: { definition: linted } });

  const edit = (next: Definition, about?: string) => change({ ...draft, definition: next }, about);
  const pick = (ids: readonly string[]) => setPicked({ picked: ids, pickedEdge: undefined });
  const titleOf = (id: string): string => {
    const node = definition.nodes[id];
    return node ? words.title(id, node) : '';
  };

  function add(kind: Kind, at?: Position): void {
    const after = at === undefined && picked.length === 1 ? picked[0] : undefined;
    const added = addNode(definition, kind, at ?? freeSpot(definition, after), after);
    edit(added.definition);
    pick([added.id]);
    const isLed = added.definition.edges.length > definition.edges.length;
    say(
      isLed && after !== undefined
        ? t('said.addedAfter', { kind: t(`kinds.${kind}`), after: titleOf(after) })
        : t('said.added', { kind: t(`kinds.${kind}`) }),
    );
  }

  const editor: Editor = {
    ...{ draft, definition, words, picked, pickedEdge, pick, edit, add, say },
    problems: lint.data?.problems ?? [],
    repick: (change) =>
      setPicked((before) => {
        const ids = change(before.picked);
        return { picked: ids, pickedEdge: ids.length === 0 ? before.pickedEdge : undefined };
      }),
    pickEdge: (from, connector) => setPicked({ picked: [], pickedEdge: { from, connector } }),
    editNode: (id, node, about) =>
      edit(changeNode(definition, id, node), about === undefined ? undefined : `${id}.${about}`),
    editSettings: (patch, about) =>
      edit({ ...definition, settings: { ...definition.settings, ...patch } }, about),
    editHead: (patch) => change({ ...draft, ...patch }, Object.keys(patch).join()),
    addAt(kind, at, from, connector) {
      const added = addNode(definition, kind, at);
      edit(connect(added.definition, { from, connector, to: added.id }));
      pick([added.id]);
    },
    remove() {
      if (pickedEdge) edit(disconnect(definition, pickedEdge.from, pickedEdge.connector));
      else if (picked.length > 0) {
        edit(removeNodes(definition, picked));
        say(t('said.removed', { count: picked.length }));
      }
      setPicked(NOTHING);
    },
    duplicate() {
      const copied = paste(definition, clip(definition, picked));
      if (copied.ids.length === 0) return;
      edit(copied.definition);
      pick(copied.ids);
    },
  };
  return { editor, said };
}
