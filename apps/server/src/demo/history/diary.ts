import type { Actors, On } from './actors.ts';
import { findOutWhatPays } from './staff/analysis.ts';
import { runCampaigns } from './staff/campaigns.ts';
import { workThroughCases } from './staff/cases.ts';
import { lookAfterConnections } from './staff/connections.ts';
import { runJourneys } from './staff/journeys.ts';
import { keepUpWithPrizes } from './staff/prizes.ts';
import { guardAgainstAbuse } from './staff/risk.ts';
import { supportPlayers } from './staff/support.ts';
import type { World } from './world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What staff do, each at their time. */
export interface Diary {
  /** Everything that is due until then, each at its own time. */
  until(at: number): Promise<void>;
}

export function createDiary(world: World, actors: Actors): Diary {
  const entries: { at: number; work: () => Promise<void> }[] = [];
  const firstDay = Math.floor(world.from / DAY_MS) * DAY_MS;
  const on: On = (day, hour, work) => {
    entries.push({ at: Math.max(firstDay + day * DAY_MS + hour * HOUR_MS, world.from), work });
  };
  for (const plan of [
    lookAfterConnections,
    keepUpWithPrizes,
    runCampaigns,
    runJourneys,
    supportPlayers,
    guardAgainstAbuse,
    workThroughCases,
    findOutWhatPays,
  ])
    plan(on, world, actors);
  entries.sort((a, b) => a.at - b.at);

  return {
    async until(at) {
      for (let next = entries[0]; next && next.at <= at; next = entries[0]) {
        entries.shift();
        await world.passTo(next.at);
        await next.work();
      }
    },
  };
}
