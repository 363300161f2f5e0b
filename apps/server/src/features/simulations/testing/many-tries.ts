import { parentPort, workerData } from 'node:worker_threads';
import { CampaignDefinition } from '@promosmith/contract';
import { DEFAULT_POLICY, INDICATOR_NAMES } from '@promosmith/core/risk';
import type { Queryable } from '../../../platform/db.ts';
import { createSimulation } from '../engine/simulation.ts';
import type { Try } from '../engine/types.ts';
import { readTries } from '../past/read.ts';

/** What a thread is to do. */
export interface ManyTries {
  readonly tries: number;
  /** Whether every try is kept until the end, as none should be. */
  readonly keeps: boolean;
}

const { tries, keeps } = workerData as ManyTries;
const PLAYERS = tries / 3;
const PAGE = 4_000;
const START = Date.parse('2026-03-01T00:00:00Z');
const [DAY, SPACING] = [86_400_000, 100];
const campaignId = 'spring';

const terms = CampaignDefinition.parse({
  rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } }],
  limits: [
    { scope: 'player', max: 3 },
    { scope: 'device', period: 'day', max: 3 },
  ],
  terms: { significant: 'x' },
});

const idOf = (n: number): string => `00000000-0000-5000-8000-${String(n).padStart(12, '0')}`;

let read = 0;
/** A cursor over many players, each of whom comes back. */
const session = {
  async query(text: string) {
    if (!text.startsWith('fetch')) return { rows: [] };
    // As a database does, it lets others go on in between.
    await new Promise(setImmediate);
    const length = Math.min(PAGE, tries - read);
    const rows = Array.from({ length }, (_, n) => ({
      ...{ at: START + (read + n) * SPACING, playerId: idOf((read + n) % PLAYERS), entry: null },
      ...{ country: 'DE', currency: 'EUR', registeredAt: START - DAY, bonusBlocked: false },
      ...{ findings: null, list: null },
    }));
    read += length;
    return { rows };
  },
} as unknown as Queryable;

const simulation = createSimulation({
  campaign: { campaignId, version: 1, terms, rule: null, breaches: [] },
  ...{ jurisdiction: 'default', timeZone: 'UTC', days: ['2026-03-01'], dayStarts: [START, START + DAY] },
  ...{ riskPolicy: DEFAULT_POLICY, indicators: new Set(INDICATOR_NAMES) },
});
const kept: (readonly Try[])[] = [];
const wanted = { brandId: 'brand', campaignId, terms };
for await (const page of readTries([session], async () => [], wanted, simulation.isDone)) {
  simulation.take(page.tries);
  if (keeps) kept.push(page.tries);
}
parentPort?.postMessage(simulation.result(new Map()).accepted);
