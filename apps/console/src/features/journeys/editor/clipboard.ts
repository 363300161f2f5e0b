import { useEffect } from 'react';
import { type Clipping, clip, paste } from '../graph/edits.ts';
import type { Editor } from './editor-context.ts';

/** Only what was copied here has it, in this journey or another one. */
const TYPE = 'application/x-promosmith-journey';

const FIELDS = 'input, textarea, select, [contenteditable="true"], [role="dialog"]';
/** Whether keys are for what is typed, not for the graph. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest(FIELDS) !== null;

/** Copies, cuts and pastes nodes with the keys and menus that everything else is copied with. */
export function useClipboard(editor: Editor): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isTyping(event.target) || editor.picked.length === 0) return;
      if (window.getSelection()?.isCollapsed === false) return;
      const clipping = clip(editor.definition, editor.picked);
      event.clipboardData?.setData(TYPE, JSON.stringify(clipping));
      event.preventDefault();
      if (event.type === 'cut') editor.remove();
    };
    const insert = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData(TYPE);
      if (isTyping(event.target) || !text) return;
      event.preventDefault();
      const { definition, ids } = paste(editor.definition, JSON.parse(text) as Clipping);
      if (ids.length === 0) return;
      editor.edit(definition);
      editor.pick(ids);
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', insert);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', insert);
    };
  }, [editor]);
}
