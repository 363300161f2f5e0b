import { randomBytes } from 'node:crypto';

/** What people see where a secret is. */
export const MASK = '•••';

/**
 * What stands in for secrets while templates are rendered: letters and digits that no escaping changes and nobody
 * guesses. So a secret never enters a template, cannot be taken apart or compared by one, and what people see is made
 * without it.
 */
export interface Marks {
  /** What templates read as `secret`. */
  readonly scope: Readonly<Record<string, string>>;
  /** The text with the secrets in it. @param spell escapes a secret for where the text stands. */
  reveal(text: string, spell: (secret: string) => string): string;
  /** The text as people see it. */
  hide(text: string): string;
}

/** @param secrets values by name. */
export function createMarks(secrets: ReadonlyMap<string, string>): Marks {
  const marks = [...secrets].map(([name, value]) => ({
    name,
    value,
    mark: `s${randomBytes(16).toString('hex')}`,
  }));
  return {
    scope: Object.fromEntries(marks.map(({ name, mark }) => [name, mark])),
    reveal: (text, spell) =>
      marks.reduce((written, { mark, value }) => written.replaceAll(mark, () => spell(value)), text),
    hide: (text) => marks.reduce((written, { mark }) => written.replaceAll(mark, MASK), text),
  };
}
