/**
 * Puts a rendering together for one kind of place. What the author wrote and what a value holds come apart, so that a
 * value can never be taken for what the author wrote.
 */
export interface Writer {
  literal(text: string): void;
  /** @throws Stop when the value cannot stand here. */
  value(value: unknown): void;
  /** @throws Stop when what came out is not what it should be. */
  finish(): string;
}
