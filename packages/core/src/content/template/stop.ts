import type { TemplateProblemKey } from './problem.ts';

/** Thrown inside a rendering, where only an exception gets out of the template engine. Never leaves this folder's face. */
export class Stop extends Error {
  readonly key: TemplateProblemKey;

  constructor(key: TemplateProblemKey, message: string) {
    super(message);
    this.key = key;
  }
}
