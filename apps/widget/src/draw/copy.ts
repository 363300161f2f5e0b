/** Puts a text on the clipboard. @returns whether it is there. */
export async function copy(text: string, shown: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages without https have no clipboard, and some frames may not write to it: the player can, once it is selected.
    getSelection()?.selectAllChildren(shown);
    return false;
  }
}
