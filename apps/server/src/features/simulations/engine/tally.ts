import type { SimulationResult } from '@promosmith/contract';
import type { Decision } from '@promosmith/core/activation';
import { createMoneyTally, dayOf, type MoneyTally } from './money.ts';
import type { Setting, Try } from './types.ts';

/** Countries that are told apart; those of the fewest tries are left out. */
const MOST_COUNTRIES = 300;

/** How tries came out, and what bonuses they earned. */
export interface Tally {
  readonly money: MoneyTally;
  /** @param isNew whether it is the first code that the player took. */
  tried(one: Try, decision: Decision, isNew: boolean): void;
  /** The deposit that an accepted try waited for came, or did not. */
  waited(came: boolean): void;
  result(
    refusedBy: ReadonlyMap<string, number>,
    shares: ReadonlyMap<string, number>,
  ): Omit<SimulationResult, 'activePlayers' | 'qualifiedPlayers' | 'abuse'>;
}

export function createTally(setting: Setting): Tally {
  const money = createMoneyTally(setting);
  const refusals = new Map<string, number>();
  const days = setting.days.map((day) => ({ day, tries: 0, accepted: 0 }));
  const countries = new Map<string | null, { tries: number; accepted: number; players: number }>();
  let [tries, accepted, held, paidByDeposit, lapsed] = [0, 0, 0, 0, 0];

  return {
    money,
    tried({ at, player }, { outcome, refusalKey }, isNew) {
      const taken = refusalKey === null ? 1 : 0;
      tries++;
      accepted += taken;
      if (outcome === 'in_review') held++;
      if (refusalKey !== null) refusals.set(refusalKey, (refusals.get(refusalKey) ?? 0) + 1);
      const day = days[dayOf(setting.dayStarts, at)];
      if (day) {
        day.tries++;
        day.accepted += taken;
      }
      const country = countries.get(player.country) ?? { tries: 0, accepted: 0, players: 0 };
      country.tries++;
      country.accepted += taken;
      if (isNew) country.players++;
      countries.set(player.country, country);
    },
    waited(came) {
      if (came) paidByDeposit++;
      else lapsed++;
    },
    result: (refusedBy, shares) => ({
      ...{ tries, accepted, held, paidByDeposit, lapsed, days },
      refusals: [...refusals]
        .map(([key, count]) => ({ key, tries: count, players: refusedBy.get(key) ?? 0 }))
        .sort((a, b) => b.tries - a.tries || (a.key < b.key ? -1 : 1)),
      money: money.result(shares),
      countries: [...countries]
        .map(([country, counts]) => ({ country, ...counts }))
        .sort((a, b) => b.tries - a.tries || ((a.country ?? '') < (b.country ?? '') ? -1 : 1))
        .slice(0, MOST_COUNTRIES),
    }),
  };
}
