import { ok, type Result, refuse } from '@promosmith/core';
import { localClock } from '@promosmith/core/activation';
import { type CompiledLabel, choose, type LabelValue, readLabel } from '@promosmith/core/labels';
import type { Facts } from '@promosmith/core/rules';
import type { Queryable } from '../../platform/db.ts';
import type { Brands } from '../brands/index.ts';
import { factsOf, type KnownPlayer, loadPlayers, type Players } from '../players/index.ts';
import type { Sandbox } from './sandbox/index.ts';
import { findLabels } from './store.ts';

/** A message that content is prepared for. */
export interface Addressed {
  /** Its codes are drawn once for it, however often it is prepared. */
  messageId: string;
  playerId: string;
}

/** What a message's content may use, but for its codes. */
export interface PreparedMessage {
  playerId: string;
  values: Readonly<Record<string, LabelValue>>;
  codes: readonly { name: string; batchId: string }[];
}

/** Values of label tags for messages, by message. Whoever stores the messages turns it into values with `reserve`. */
export interface Prepared {
  brandId: string;
  messages: ReadonlyMap<string, Result<PreparedMessage>>;
}

export interface PrepareRequest {
  brandId: string;
  /** Names of label tags, as content has them after `label.`. */
  names: readonly string[];
  messages: readonly Addressed[];
  /** The instant the messages are prepared at: what rules call `now`, and functions are told. */
  at: Date;
}

/**
 * Chooses the values of label tags and runs their functions, outside of any transaction. A message without one of its
 * values is refused (`label_unknown`, `label_invalid`, and those of the sandbox); the others go on.
 */
export function createPrepare(
  db: Queryable,
  sandbox: Sandbox,
  { brands, players }: { brands: Brands; players: Players },
) {
  return async ({ brandId, names, messages, at }: PrepareRequest): Promise<Prepared> => {
    if (names.length === 0) return { brandId, messages: empty(messages) };
    const [labels, facts] = await Promise.all([compiled(brandId, names), factsOfAll(brandId, messages, at)]);
    const prepared = messages.map(
      async (message): Promise<[string, Result<PreparedMessage>]> => [
        message.messageId,
        labels.ok ? await prepareOne(labels.value, message.playerId, facts) : labels,
      ],
    );
    return { brandId, messages: new Map(await Promise.all(prepared)) };

    async function prepareOne(
      tags: ReadonlyMap<string, CompiledLabel>,
      playerId: string,
      known: ReadonlyMap<string, Facts>,
    ): Promise<Result<PreparedMessage>> {
      const values: Record<string, LabelValue> = {};
      const codes: { name: string; batchId: string }[] = [];
      for (const [name, label] of tags) {
        const { value } = choose(label, known.get(playerId) ?? { now: at });
        if (label.kind === 'code') codes.push({ name, batchId: value });
        else if (label.kind === 'text') values[name] = value;
        else {
          const outcome = await sandbox.run({ name, source: value }, at);
          if (!outcome.ok) return outcome;
          values[name] = outcome.value;
        }
      }
      return ok({ playerId, values, codes });
    }
  };

  async function compiled(
    brandId: string,
    names: readonly string[],
  ): Promise<Result<Map<string, CompiledLabel>>> {
    const [records, catalogue] = await Promise.all([
      findLabels(db, brandId, names),
      players.catalogue(brandId),
    ]);
    const byName = new Map(records.map((record) => [record.name, record.definition]));
    const labels = new Map<string, CompiledLabel>();
    for (const name of names) {
      const definition = byName.get(name);
      if (!definition) return refuse('label_unknown', `There is no label tag "${name}".`);
      const reading = readLabel(definition, catalogue);
      if (!reading.ok) return refuse('label_invalid', `label.${name}: ${reading.errors[0].reason}`);
      labels.set(name, reading.label);
    }
    return ok(labels);
  }

  async function factsOfAll(
    brandId: string,
    messages: readonly Addressed[],
    at: Date,
  ): Promise<Map<string, Facts>> {
    const [{ timeZone }, known] = await Promise.all([
      brands.get(brandId),
      loadPlayers(db, [...new Set(messages.map(({ playerId }) => playerId))]),
    ]);
    const today = localClock(at.getTime(), timeZone).day;
    return new Map([...known].map(([playerId, player]) => [playerId, labelFacts(player, at, today)]));
  }
}

/** What the rules of label tags are asked about. @param today the calendar date of the brand at that instant. */
export const labelFacts = (player: KnownPlayer, at: Date, today: string): Facts => ({
  player: factsOf(player, at, today),
  now: at,
});

const empty = (messages: readonly Addressed[]): Map<string, Result<PreparedMessage>> =>
  new Map(messages.map(({ messageId, playerId }) => [messageId, ok({ playerId, values: {}, codes: [] })]));
