import type { Pdu } from 'smpp';
import type { Receipt } from './sender.ts';

/** `esm_class` bits 5–2: a delivery receipt (SMPP 3.4 §5.2.12). */
const TYPE_BITS = 0x3c;
const RECEIPT = 0x04;

const DELIVERED = 2;
const FAILED: Readonly<Record<number, string>> = {
  3: 'expired at the operator',
  4: 'deleted at the operator',
  5: 'undeliverable',
  8: 'rejected by the operator',
};
const STATE_OF_TEXT: Readonly<Record<string, number>> = {
  DELIVRD: 2,
  EXPIRED: 3,
  DELETED: 4,
  UNDELIV: 5,
  REJECTD: 8,
};

const field = (text: string, name: string): string | undefined =>
  new RegExp(`\\b${name}:(\\S+)`, 'i').exec(text)?.[1];

/**
 * What a `deliver_sm` says of a message: by its optional parameters, or by the text most operators use (SMPP 3.4,
 * appendix B).
 * @returns undefined for what is no last word: a message of a player, or a state on the way.
 */
export function deliveryOf(pdu: Pdu): Receipt | undefined {
  if (((pdu.esm_class ?? 0) & TYPE_BITS) !== RECEIPT) return undefined;
  const said = pdu.short_message?.message;
  const text = said === undefined ? '' : said.toString();
  const reference = pdu.receipted_message_id ?? field(text, 'id');
  const state = pdu.message_state ?? STATE_OF_TEXT[field(text, 'stat')?.toUpperCase() ?? ''];
  if (reference === undefined || state === undefined) return undefined;
  if (state === DELIVERED) return { reference, outcome: 'delivered', reason: null };
  const why = FAILED[state];
  if (why === undefined) return undefined;
  const code = field(text, 'err');
  return { reference, outcome: 'failed', reason: code === undefined ? why : `${why} (error ${code})` };
}
