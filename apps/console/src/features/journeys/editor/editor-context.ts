import { createContext, use } from 'react';
import type { Words } from '../drawing/flow.ts';
import type { Definition, GraphNode, Kind, Position, Problem, Settings } from '../graph/types.ts';
import type { Draft } from './draft.ts';

/** What the parts of the editor share: the graph, what is picked, and everything that can be done to it. */
export interface Editor {
  readonly draft: Draft;
  readonly definition: Definition;
  readonly words: Words;
  readonly problems: readonly Problem[];
  /** Ids of the nodes that are picked. */
  readonly picked: readonly string[];
  /** The edge that is picked, by where it leaves. */
  readonly pickedEdge: { readonly from: string; readonly connector: string } | undefined;
  pick(ids: readonly string[]): void;
  /** Picks by what is picked now; picking no node leaves an edge picked. */
  repick(change: (picked: readonly string[]) => readonly string[]): void;
  pickEdge(from: string, connector: string): void;
  /** @param about what changes; the same thing changed again is undone with it. */
  edit(next: Definition, about?: string): void;
  editNode(id: string, node: GraphNode, about?: string): void;
  editSettings(patch: Partial<Settings>, about?: string): void;
  editHead(patch: Partial<Pick<Draft, 'name' | 'product'>>): void;
  /** Adds a node where there is room, led to from what is picked, and picks it. */
  add(kind: Kind, at?: Position): void;
  /** Adds a node at the end of a connector, where it was drawn to or else where there is room, and picks it. */
  addBehind(kind: Kind, from: string, connector: string, at?: Position): void;
  /** Makes a connector lead to a node, or nowhere. */
  lead(from: string, connector: string, to: string | null): void;
  remove(): void;
  duplicate(): void;
  /** Says something to those who do not see the canvas. */
  say(text: string): void;
}

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext.Provider;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('there is no editor here');
  return editor;
}
