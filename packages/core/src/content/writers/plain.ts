import { createBuffer } from './buffer.ts';
import { seen, textOf } from './text-of.ts';
import type { Writer } from './writer.ts';

/** Text that is shown as it is: nothing in it means anything to whoever shows it. */
export function plainWriter(): Writer {
  const buffer = createBuffer();
  return {
    literal: buffer.add,
    value: (value) => buffer.add(seen(textOf(value))),
    finish: () => buffer.text,
  };
}

/** As plain text, on one line: subjects, titles, labels. Breaks become spaces, whoever wrote them, so headers cannot be added. */
export function lineWriter(): Writer {
  const { finish, ...writer } = plainWriter();
  return { ...writer, finish: () => seen(finish()).replace(/\s+/g, ' ').trim() };
}
