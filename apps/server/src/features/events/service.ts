import type { DepositCodeResult, PlatformEventResult } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { CurrencyTable } from '@promosmith/core/money';
import type { Database } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { BoundKeeper, DepositCodes, DepositWithCode, IncomingEvent, KeptAs } from './consumers.ts';
import { sortOut, type Told } from './repeats.ts';
import { accepted, CONFLICT, duplicate, type Outcomes, rejected, TOO_LARGE, UNTIMELY } from './results.ts';
import { rounds } from './rounds.ts';
import { idOf, screenEvent } from './screening.ts';
import type { TakeRound } from './shared-rounds.ts';

/** Who takes events: of a type that somebody keeps, its keeper; of all others whoever wants them, by rounds. */
export interface Takers {
  readonly takeRound: TakeRound;
  keeper: BoundKeeper | undefined;
  codes: DepositCodes | undefined;
  readonly listeners: OnTaken[];
}

/** Told of a call's events that were new, once they are taken. It must not fail: they are. */
export type OnTaken = (brandId: string, events: readonly IncomingEvent[]) => Promise<void>;

/**
 * Takes a call's items. Each gets its own result; recording one that is new and everything consumers do with it is one
 * transaction, so an answer that got lost is made good by sending the same call again.
 */
export async function receive(
  db: Database,
  takers: Takers,
  currencies: CurrencyTable,
  origin: Origin,
  items: readonly unknown[],
): Promise<PlatformEventResult[]> {
  const results: PlatformEventResult[] = [];
  const told: Told[] = [];
  for (const [n, item] of items.entries()) {
    const screened = screenEvent(item, currencies);
    if (screened.ok) {
      const player = playerId(origin.brandId, screened.value.player);
      const { brandId, correlationId } = origin;
      told.push({ n, event: { ...screened.value, brandId, playerId: player, correlationId } });
    } else results[n] = rejected(idOf(item), screened.refusal);
  }
  const { taken, repeats, conflicts, untimely } = await sortOut(db, told, takers.keeper);
  for (const { n, event, flaw } of untimely) results[n] = rejected(event.id, UNTIMELY[flaw]);
  for (const { n, event } of conflicts) results[n] = rejected(event.id, CONFLICT);

  const events = taken.map(({ event }) => event);
  const given = takers.codes ? events.filter(hasCode) : [];
  const used = (await takers.codes?.use(given, origin)) ?? [];
  const outcomes = await take(takers, origin, events);
  const fresh = events.filter((event) => !outcomes.has(event));
  for (const listener of takers.listeners) await listener(origin.brandId, fresh);
  const settled = (await takers.codes?.settled(used)) ?? [];
  const codes = new Map<IncomingEvent, DepositCodeResult | undefined>(
    given.map((event, index) => [event, settled[index]]),
  );
  for (const { event, n } of taken)
    results[n] = withCode(outcomes.get(event) ?? accepted(event.id), codes.get(event));
  for (const { n, event, of } of repeats) {
    const first = results[of];
    if (first) results[n] = first.status === 'accepted' ? duplicate(event.id) : { ...first, id: event.id };
  }
  return results;
}

const hasCode = (event: IncomingEvent): event is DepositWithCode =>
  event.type === 'deposit.succeeded' && event.data.code !== undefined;

const withCode = (result: PlatformEventResult, code: DepositCodeResult | undefined): PlatformEventResult =>
  code === undefined || result.status === 'rejected' ? result : { ...result, code };

/**
 * One transaction for each part with at most one event of a player: with several of them in one transaction, those after
 * the first would take locks that come before what the first one holds.
 * @returns the results of the events that were not accepted.
 */
async function take(
  { takeRound, keeper }: Takers,
  origin: Origin,
  events: readonly IncomingEvent[],
): Promise<Outcomes> {
  const { kept = [], others = [] } = Object.groupBy(events, (event) =>
    keeper?.nameOf(event) === undefined ? 'others' : 'kept',
  );
  const outcomes = new Map<IncomingEvent, PlatformEventResult>();
  for (const round of rounds(others))
    for (const [event, outcome] of await takeRound(origin, round)) outcomes.set(event, outcome);
  if (keeper && kept.length > 0)
    for (const [event, outcome] of keptOutcomes(kept, await keeper.take(kept, origin)))
      outcomes.set(event, outcome);
  return outcomes;
}

function keptOutcomes(events: readonly IncomingEvent[], verdicts: readonly KeptAs[]): Outcomes {
  const outcomes = new Map<IncomingEvent, PlatformEventResult>();
  for (const [n, event] of events.entries()) {
    const verdict = verdicts[n] ?? 'taken';
    if (verdict === 'known') outcomes.set(event, duplicate(event.id));
    else if (verdict !== 'taken') outcomes.set(event, rejected(event.id, NOT_KEPT[verdict]));
  }
  return outcomes;
}

const NOT_KEPT: Record<Exclude<KeptAs, 'taken' | 'known'>, Refusal> = {
  ...UNTIMELY,
  conflict: CONFLICT,
  amount_too_large: TOO_LARGE,
};
