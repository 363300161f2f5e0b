import { setTimeout as pause } from 'node:timers/promises';
import type { RenderedSms } from '@promosmith/core/content';
import type { Pdu } from 'smpp';
import { deliveryOf } from './receipts.ts';
import { failed, later, type Outgoing, type Sender, type SendResult, type TakeReceipt } from './sender.ts';
import { type Link, type LinkOptions, type LinkSettings, openLink } from './smpp-link.ts';
import { smsParts } from './sms-parts.ts';

export interface SmppSettings extends LinkSettings {
  /** Who messages come from: a number, or a name of up to eleven symbols. */
  readonly source: string;
  /** Most short messages handed over in a second. */
  readonly perSecond: number;
}

const OK = 0x00;
/** Of a receipt that we cannot place yet: tell again (SMPP 3.4 §5.1.3). */
const TEMPORARY = 0x64;
const MSG_QUEUE_FULL = 0x14;
const THROTTLED = 0x58;
const SYSTEM_ERROR = 0x08;
const PATIENCE_MS = 2000;
const SECOND_MS = 1000;

const UDH_INDICATOR = 0x40;
const WITH_RECEIPT = 0x01;
const INTERNATIONAL = 1;
const ISDN = 1;
const ALPHANUMERIC = 5;
const DIGITS = /^\+?\d+$/;

/** Receipts refused once that are remembered: told again, they are taken for good. */
const MOST_REFUSED = 1000;

/** SMS over SMPP 3.4. The link is opened when it is first needed, and again when it broke. */
export function createSmppSender(
  settings: SmppSettings,
  options: LinkOptions,
  takeReceipt: TakeReceipt,
): Sender<RenderedSms> {
  let link: Promise<Link> | undefined;
  const refused = new Set<string>();
  let nextSlot = 0;

  async function linked(): Promise<Link> {
    const present = link && (await link);
    if (present?.isOpen()) return present;
    link = openLink(settings, options, delivered);
    link.catch(() => {
      link = undefined;
    });
    return link;
  }

  async function delivered(pdu: Pdu): Promise<number> {
    const receipt = deliveryOf(pdu);
    if (!receipt) return OK;
    try {
      if (await takeReceipt(receipt)) return OK;
    } catch {
      return TEMPORARY;
    }
    // The answer that names the message may be behind its receipt. Told twice, it is nobody's: of a test, or long gone.
    if (refused.delete(receipt.reference)) return OK;
    refused.add(receipt.reference);
    const [oldest] = refused;
    if (refused.size > MOST_REFUSED && oldest !== undefined) refused.delete(oldest);
    return TEMPORARY;
  }

  /** Keeps to the pace that was agreed on. */
  async function slot(): Promise<void> {
    const now = performance.now();
    nextSlot = Math.max(now, nextSlot + SECOND_MS / settings.perSecond);
    if (nextSlot > now) await pause(nextSlot - now);
  }

  async function submit(
    to: string,
    { messageId, content, ttlSeconds }: Outgoing<RenderedSms>,
  ): Promise<SendResult> {
    const { dataCoding, parts } = smsParts(content.text, referenceOf(messageId));
    const common = {
      ...sourceOf(settings.source),
      dest_addr_ton: INTERNATIONAL,
      dest_addr_npi: ISDN,
      destination_addr: to.replace(/^\+/, ''),
      registered_delivery: WITH_RECEIPT,
      data_coding: dataCoding,
      validity_period: validity(ttlSeconds),
      esm_class: parts.length > 1 ? UDH_INDICATOR : 0,
    };
    const references: string[] = [];
    for (const part of parts) {
      await slot();
      const answer = await (await linked()).submit({ ...common, short_message: part });
      if (answer.command_status !== OK) return refusalOf(answer.command_status);
      if (answer.message_id) references.push(answer.message_id);
    }
    return { kind: 'sent', references };
  }

  return {
    async send(message) {
      const to = message.addresses[0]?.address;
      if (to === undefined || !DIGITS.test(to)) return failed('not a number in international form', true);
      try {
        return await submit(to, message);
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error), false);
      }
    },
    async close() {
      const present = await link?.catch(() => undefined);
      await present?.close();
    },
  };
}

function refusalOf(status: number): SendResult {
  const reason = `refused with status 0x${status.toString(16)}`;
  if (status === THROTTLED || status === MSG_QUEUE_FULL) return later(reason, PATIENCE_MS);
  return failed(reason, status !== SYSTEM_ERROR);
}

const sourceOf = (source: string) =>
  DIGITS.test(source)
    ? { source_addr_ton: INTERNATIONAL, source_addr_npi: ISDN, source_addr: source.replace(/^\+/, '') }
    : { source_addr_ton: ALPHANUMERIC, source_addr_npi: 0, source_addr: source };

/** The same for a repetition, so that a telephone joins its parts. */
const referenceOf = (messageId: string): number => Number.parseInt(messageId.slice(-2), 16);

const two = (value: number): string => String(value).padStart(2, '0');

/** A span of time as SMPP writes it (§7.1.1.2), three days at most: operators keep no longer. */
function validity(seconds: number): string {
  const whole = Math.max(60, Math.min(seconds, 3 * 86_400));
  const [days, rest] = [Math.floor(whole / 86_400), whole % 86_400];
  return `0000${two(days)}${two(Math.floor(rest / 3600))}${two(Math.floor((rest % 3600) / 60))}${two(rest % 60)}000R`;
}
