import type { Database } from '../../platform/db.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { Campaigns } from '../campaigns/index.ts';
import { announceTickets, closeTournaments, expireEntries, returnTickets } from './background.ts';
import { mountTournaments } from './routes.ts';
import { createTournamentService, type TournamentService } from './service.ts';
import { findOpen } from './store.ts';
import { createUses } from './uses.ts';

export { countUnused } from './ticket-store.ts';

const ANNOUNCE_EVERY_MS = 500;
const CLOSE_EVERY_MS = 1_000;

export type Tournaments = Pick<TournamentService, 'create'>;

/** Tournaments, and the tickets that bonuses of kind `tournament_entry` hold for them. */
export function createTournaments(
  { db, http, setAside, ticker }: Platform,
  campaigns: Campaigns,
): Tournaments {
  const tournaments = createTournamentService(db);
  mountTournaments(http, db, tournaments, createUses(db));
  campaigns.checkRewards({
    async runnable(tx, brandId, reward) {
      if (reward.kind !== 'tournament_entry' || (await findOpen(tx, brandId, reward.tournament))) return [];
      return [
        {
          field: 'tournament',
          reason: `no tournament "${reward.tournament}" is open`,
          fix: 'open one with POST /v1/tournaments',
        },
      ];
    },
  });
  const every = (
    task: string,
    everyMs: number,
    work: (db: Database, aside: SetAside) => Promise<boolean>,
  ) => {
    const aside = setAside(task);
    ticker.every(task, everyMs, () => work(db, aside));
  };
  every('announce tickets', ANNOUNCE_EVERY_MS, announceTickets);
  every('close tournaments', CLOSE_EVERY_MS, closeTournaments);
  every('return tickets', ANNOUNCE_EVERY_MS, returnTickets);
  every('expire tournament entries', CLOSE_EVERY_MS, expireEntries);
  return tournaments;
}
