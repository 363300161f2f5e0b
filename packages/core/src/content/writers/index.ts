import { htmlWriter } from './html.ts';
import { jsonWriter } from './json.ts';
import { lineWriter, plainWriter } from './plain.ts';
import { urlWriter } from './url.ts';
import type { Writer } from './writer.ts';

export { escapeHtml } from './html.ts';
export { linkFault } from './url.ts';

const WRITERS = {
  /** Text that is shown as it is. */
  plain: plainWriter,
  /** The same on one line: a subject, a title, a label. */
  line: lineWriter,
  /** A link. */
  url: urlWriter,
  /** A JSON text. */
  json: jsonWriter,
  /** HTML or XML that the author wrote. */
  html: htmlWriter,
} as const satisfies Record<string, () => Writer>;

/** Where a rendering is going to stand, which decides how values are escaped. */
export type ContextName = keyof typeof WRITERS;

export const writerFor = (context: ContextName): Writer => WRITERS[context]();
