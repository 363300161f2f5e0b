import { CURRENCY, isDay, plainRate } from './rate.ts';

/** A rate as it is set. */
interface Pasted {
  readonly line: number;
  readonly day: string;
  readonly currency: string;
  readonly rate: string;
}

/** What is wrong with a line, and with what in it. */
export interface Fault {
  readonly line: number;
  readonly kind: 'shape' | 'day' | 'currency' | 'own' | 'rate' | 'twice';
  readonly what: string;
}

interface Read {
  readonly rates: readonly Pasted[];
  readonly faults: readonly Fault[];
}

interface Known {
  /** The brand's own currency. */
  readonly own: string;
  isCurrency(code: string): boolean;
}

/** Three words: spaces, tabs, semicolons and commas are between them, and a comma may be in the last. */
const LINE = /^([^\s;,]+)[\s;,]+([^\s;,]+)[\s;,]+(\S+)$/;

/** Reads lines of a day, a currency and a rate, as they are typed or copied out of a spreadsheet. */
export function readLines(text: string, known: Known): Read {
  const rates: Pasted[] = [];
  const faults: Fault[] = [];
  const seen = new Map<string, number>();
  for (const [index, typed] of text.split('\n').entries()) {
    if (typed.trim() === '') continue;
    const read = readLine(typed.trim(), index + 1, known);
    const key = 'kind' in read ? '' : `${read.day} ${read.currency}`;
    const before = seen.get(key);
    if ('kind' in read) faults.push(read);
    else if (before !== undefined) faults.push({ line: read.line, kind: 'twice', what: String(before) });
    else {
      seen.set(key, read.line);
      rates.push(read);
    }
  }
  return { rates, faults };
}

function readLine(text: string, line: number, { own, isCurrency }: Known): Pasted | Fault {
  const [, day, code, typed] = LINE.exec(text) ?? [];
  if (day === undefined || code === undefined || typed === undefined)
    return { line, kind: 'shape', what: text };
  const currency = code.toUpperCase();
  const rate = plainRate(typed);
  if (!isDay(day)) return { line, kind: 'day', what: day };
  if (currency === own) return { line, kind: 'own', what: currency };
  if (!CURRENCY.test(currency) || !isCurrency(currency)) return { line, kind: 'currency', what: code };
  if (rate === undefined) return { line, kind: 'rate', what: typed };
  return { line, day, currency, rate };
}

/** @param field of a rate among those that were sent, `rates.2.currency`. @returns its place among them. */
export function placeOf(field: string): number | undefined {
  const place = /^rates\.(\d+)(?:\.|$)/.exec(field)?.[1];
  return place === undefined ? undefined : Number(place);
}
