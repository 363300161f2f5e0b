import { ok, type Result, refuse } from '@promosmith/core';
import type { LabelValue } from '@promosmith/core/labels';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import type { CodesService } from '../codes/index.ts';
import { claimDraws, type Draw, drawKey, keepDraws } from './draws.ts';
import type { Prepared, PreparedMessage } from './prepare.ts';

/** The values of a message's label tags by name, to be stored with it. */
export type LabelValues = Readonly<Record<string, LabelValue>>;

export interface Reserved {
  /** By message. Beside the refusals of `prepare`: `label_codes_run_out`. */
  messages: ReadonlyMap<string, Result<LabelValues>>;
  /** To be published in the same transaction. */
  events: readonly NewEvent[];
}

/**
 * Draws the codes that prepared messages need, in the transaction that stores the messages: a code is its player's if and
 * only if its message is stored. A message gets the same codes each time, so a caller who does not know whether its
 * transaction was committed prepares and reserves again under the same ids.
 */
export function createReserve({ drawIn, textsIn }: Pick<CodesService, 'drawIn' | 'textsIn'>) {
  return async (tx: Queryable, { brandId, messages }: Prepared): Promise<Reserved> => {
    const needs = needsOf(messages);
    if (needs.length === 0) return { messages: valuesOf(messages, new Map()), events: [] };
    const before = await claimDraws(tx, needs);
    const texts = await textsOfBefore(tx, before);
    const events: NewEvent[] = [];
    const open = needs.filter((need) => !before.has(drawKey(need)));
    for (const [batchId, draws] of [...Map.groupBy(open, (need) => need.batchId)].sort(byId)) {
      const holders = draws.map(({ playerId }) => playerId);
      const drawn = await drawIn(tx, brandId, batchId, holders);
      events.push(...drawn.events);
      const kept = matched(draws, drawn.codes);
      await keepDraws(tx, kept);
      for (const draw of kept) texts.set(drawKey(draw), draw.text);
    }
    return { messages: valuesOf(messages, texts), events };
  };

  async function textsOfBefore(tx: Queryable, before: ReadonlyMap<string, string>) {
    const texts = before.size === 0 ? new Map<string, string>() : await textsIn(tx, [...before.values()]);
    return new Map([...before].map(([key, codeKey]) => [key, texts.get(codeKey) ?? '']));
  }
}

function needsOf(messages: Prepared['messages']): Draw[] {
  return [...messages].flatMap(([messageId, message]) =>
    message.ok
      ? message.value.codes.map((code) => ({ ...code, messageId, playerId: message.value.playerId }))
      : [],
  );
}

const byId = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

/** Each code to a draw of its holder; draws that are left over got none. */
function matched(draws: readonly Draw[], codes: Awaited<ReturnType<CodesService['drawIn']>>['codes']) {
  const left = Map.groupBy(codes, ({ holderId }) => holderId);
  return draws.flatMap((draw) => {
    const code = left.get(draw.playerId)?.pop();
    return code ? [{ ...draw, codeKey: code.codeId, text: code.text }] : [];
  });
}

const valuesOf = (
  messages: Prepared['messages'],
  texts: ReadonlyMap<string, string>,
): Map<string, Result<LabelValues>> =>
  new Map(
    [...messages].map(([messageId, message]) => [
      messageId,
      message.ok ? withCodes(messageId, message.value, texts) : message,
    ]),
  );

function withCodes(
  messageId: string,
  { values, codes }: PreparedMessage,
  texts: ReadonlyMap<string, string>,
): Result<LabelValues> {
  const all: Record<string, LabelValue> = { ...values };
  for (const { name } of codes) {
    const text = texts.get(drawKey({ messageId, name }));
    if (text === undefined)
      return refuse('label_codes_run_out', `label.${name}: its batch has no code left, or gives out none.`);
    all[name] = text;
  }
  return ok(all);
}
