import { smsSegments } from '@promosmith/core/content';
import smpp from 'smpp';

/** A text as the short messages it is sent in. */
export interface SmsParts {
  /** SMPP `data_coding`: 0 the alphabet of GSM, 8 UCS-2. */
  readonly dataCoding: 0 | 8;
  /** Each with its header, when there are several. */
  readonly parts: readonly Buffer[];
}

const GSM = { alone: 160, joined: 153, coding: 0, encode: smpp.encodings.ASCII.encode } as const;
const UCS2 = { alone: 140, joined: 134, coding: 8, encode: smpp.encodings.UCS2.encode } as const;

/** Concatenated short messages, 8-bit reference (3GPP TS 23.040 §9.2.3.24.1). */
const header = (reference: number, count: number, number: number): Buffer =>
  Buffer.from([0x05, 0x00, 0x03, reference, count, number]);

/**
 * Cuts a text into short messages; no character is cut in two.
 * @param reference 0 to 255: what the parts of one text have in common.
 */
export function smsParts(text: string, reference: number): SmsParts {
  const { alone, joined, coding, encode } = smsSegments(text).encoding === 'gsm7' ? GSM : UCS2;
  const symbols = [...text].map((symbol) => encode(symbol));
  const bodies: Buffer[][] = [[]];
  let used = 0;
  const whole = symbols.reduce((sum, { length }) => sum + length, 0) <= alone;
  for (const symbol of symbols) {
    if (!whole && used + symbol.length > joined) {
      bodies.push([]);
      used = 0;
    }
    bodies.at(-1)?.push(symbol);
    used += symbol.length;
  }
  const parts = bodies.map((body, index) =>
    Buffer.concat(whole ? body : [header(reference, bodies.length, index + 1), ...body]),
  );
  return { dataCoding: coding, parts };
}
