import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { useSay } from '../../../texts/index.ts';
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

/** What is said to those who do not see the canvas. Said again, it is said anew. */
export interface Said {
  readonly text: string;
  readonly nth: number;
}
const SILENCE: Said = { text: '', nth: 0 };

/** Of what was picked, what is still there. */
const thereOf = ({ picked, pickedEdge }: Picked, { nodes }: Definition): Picked => ({
  picked: picked.filter((id) => Object.hasOwn(nodes, id)),
  pickedEdge: pickedEdge && Object.hasOwn(nodes, pickedEdge.from) ? pickedEdge : undefined,
});

/** Everything that can be done to a draft, and what the server has to say of it meanwhile. */
export function useEditorState({ draft, change }: DraftState): { editor: Editor; said: Said } {
  const { t } = useTranslation('journeys');
  const [chosen, setPicked] = useState(NOTHING);
  const [said, setSaid] = useState(SILENCE);
  const { definition } = draft;
  const words = useWords(definition);
  const { picked, pickedEdge } = useMemo(() => thereOf(chosen, definition), [chosen, definition]);
  const [linted] = useDebouncedValue(definition, LINT_MS);
  const lint = useRead('lintJourney', { body: { definition: linted } });

  const translate = useSay();
  const problems = useMemo(
    () =>
      (lint.data?.problems ?? []).map(({ message, fix, ...place }) => ({
        ...{ ...place, message: translate(message), fix: translate(fix) },
      })),
    [lint.data, translate],
  );

  const edit = (next: Definition, about?: string) => change({ ...draft, definition: next }, about);
  const say = (text: string) => setSaid(({ nth }) => ({ text, nth: nth + 1 }));
  const pick = (ids: readonly string[]) => setPicked({ picked: ids, pickedEdge: undefined });
  const titleOf = (id: string): string => {
    const node = definition.nodes[id];
    return node ? words.title(id, node) : '';
  };

  function sayAdded(kind: Kind, after: string | undefined): void {
    const name = t(`kinds.${kind}`);
    say(
      after === undefined
        ? t('said.added', { kind: name })
        : t('said.addedAfter', { kind: name, after: titleOf(after) }),
    );
  }

  function add(kind: Kind, at?: Position): void {
    const after = at === undefined && picked.length === 1 ? picked[0] : undefined;
    const added = addNode(definition, kind, at ?? freeSpot(definition, after), after);
    edit(added.definition);
    pick([added.id]);
    sayAdded(kind, added.definition.edges.length > definition.edges.length ? after : undefined);
  }

  function lead(from: string, connector: string, to: string | null): void {
    edit(
      to === null ? disconnect(definition, from, connector) : connect(definition, { from, connector, to }),
    );
    const node = definition.nodes[from];
    const values = { from: titleOf(from), by: node ? words.connector(node, connector) : connector };
    say(to === null ? t('said.cut', values) : t('said.connected', { ...values, to: titleOf(to) }));
  }

  const editor: Editor = {
    ...{ draft, definition, words, picked, pickedEdge, pick, edit, add, lead, say },
    problems,
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
    addBehind(kind, from, connector, at = freeSpot(definition, from)) {
      const added = addNode(definition, kind, at);
      edit(connect(added.definition, { from, connector, to: added.id }));
      pick([added.id]);
      sayAdded(kind, from);
    },
    remove() {
      if (pickedEdge) lead(pickedEdge.from, pickedEdge.connector, null);
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
      say(t('said.copied', { count: copied.ids.length }));
    },
  };
  return { editor, said };
}
