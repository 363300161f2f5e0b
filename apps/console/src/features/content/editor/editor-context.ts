import { createContext, use } from 'react';
import type { Answer } from '../../../api/index.ts';
import type { InsertGroup } from '../../../kit/inserts/index.ts';
import type { Document } from '../document/types.ts';

export type Finding = Answer<'lintContent'>['findings'][number];

/** The document in the editor, and what there is to say of it. */
export interface Editor {
  readonly document: Document;
  readonly findings: readonly Finding[];
  /** Whether it can be changed by whoever looks at it. */
  readonly mayEdit: boolean;
  /** What its texts may name. */
  readonly groups: readonly InsertGroup[];
  /** A name as templates write it. */
  readonly written: (name: string) => string;
  /** A label tag of the brand, if it has one. */
  readonly label: string | undefined;
  /** @param about names what changes: typing into a field is undone in one step. */
  change(next: Document, about?: string): void;
}

const EditorContext = createContext<Editor | undefined>(undefined);
export const EditorProvider = EditorContext;

export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error('no document is edited here');
  return editor;
}
