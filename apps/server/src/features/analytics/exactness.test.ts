import { randomUUID } from 'node:crypto';
import { DrilledFigure, type MoneyNumbers, type PerformanceNumbers } from '@promosmith/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seal } from '../../platform/chain.ts';
import { newId, playerId } from '../../platform/ids.ts';
import { createCampaign } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { readBreakdown } from './reports/breakdown.ts';
import { type Period, readCounting } from './reports/period.ts';
import { readCampaign } from './reports/report.ts';
import { type AskedRows, type PlacedRow, readRows } from './reports/rows.ts';
import { countAll, happen, sumsOf } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
});
afterAll(() => app.close());

const RUNS = 200;
const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
const PLAYERS = ['anna', 'ben'];
const SOURCES = ['ads', 'mail', null];

/** What may happen, at so many minutes before now. Names are those of a run. */
type Step =
  | { kind: 'try'; do: 'take' | 'refuse'; ago: number; player: number; campaign: number; source: number }
  | {
      kind: 'bonus';
      do: 'convert' | 'expire' | 'reinstate';
      ago: number;
      campaign: number;
      amount: number;
      of: number;
    }
  | { kind: 'money'; do: 'deposit' | 'bet'; ago: number; player: number; amount: number; id: number }
  | { kind: 'undo'; do: 'reverse' | 'rollback'; player: number; id: number }
  | { kind: 'count' };

/** Often of the same instant, and of the one when a code counts no longer. */
const ago = fc.oneof(fc.integer({ min: 1, max: 12 * 24 * 60 }), fc.constantFrom(1, 60, 60 + 7 * 24 * 60));
const [player, campaign] = [fc.nat(1), fc.nat(1)];
const amount = fc.integer({ min: 1, max: 1_000_000 });
/** So few that things are told twice, and taken back before they are told. */
const id = fc.nat(3);
const oneOf = <Word extends string>(...words: Word[]) => fc.constantFrom(...words);
const kind = <Kind extends Step['kind']>(name: Kind) => fc.constant(name);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      kind: kind('try'),
      do: oneOf('take', 'take', 'refuse'),
      ago,
      player,
      campaign,
      source: fc.nat(2),
    }),
    fc.record({
      kind: kind('bonus'),
      do: oneOf('convert', 'expire', 'reinstate'),
      ago,
      campaign,
      amount,
      of: fc.nat(3),
    }),
    fc.record({ kind: kind('money'), do: oneOf('deposit', 'bet', 'bet'), ago, player, amount, id }),
    fc.record({ kind: kind('undo'), do: oneOf('reverse', 'rollback'), player, id }),
    fc.record({ kind: kind('count') }),
  ),
  { minLength: 4, maxLength: 24 },
);

/** Keeps what happened, as plainly as can be. */
interface Log {
  takes: { at: number; order: string; player: number; campaign: number; source: string | null }[];
  refused: { at: number; campaign: number; source: string | null }[];
  money: { at: number; campaign: number; kind: 'converted' | 'broken'; amount: number; of: string | null }[];
  deposits: Map<string, { at: number; player: number; amount: number }>;
  bets: Map<string, { at: number; player: number; stake: number; win: number }>;
  gone: Set<string>;
}

async function play(run: string, campaignIds: readonly string[], commands: readonly Step[]): Promise<Log> {
  const log: Log = {
    takes: [],
    refused: [],
    money: [],
    deposits: new Map(),
    bets: new Map(),
    gone: new Set(),
  };
  const now = Math.floor(Date.now() / MINUTE) * MINUTE;
  const nameOf = (n: number) => `${PLAYERS[n]}-${run}`;
  const grants = new Map<string, { grantId: string; source: string | null }>();
  for (const step of commands) {
    if (step.kind === 'count') {
      await seal(app.db, 'outbox');
      await app.analytics.count();
      continue;
    }
    if (step.kind === 'undo') {
      const name = `${step.player} ${step.id}`;
      log.gone.add(`${step.do} ${name}`);
      const type = step.do === 'reverse' ? 'deposit.reversed' : 'round.rolled_back';
      const known = log.deposits.get(name)?.amount ?? 1;
      const data =
        step.do === 'reverse'
          ? { depositId: `${run} ${name}`, amount: known, currency: 'EUR' }
          : { roundId: `${run} ${name}` };
      await tell(nameOf(step.player), type, now, data);
      continue;
    }
    const at = now - step.ago * MINUTE;
    const time = new Date(at).toISOString();
    if (step.kind === 'money') {
      const name = `${step.player} ${step.id}`;
      const isNew = !(step.do === 'deposit' ? log.deposits : log.bets).has(name);
      if (step.do === 'deposit') {
        const taken = await tell(nameOf(step.player), 'deposit.succeeded', at, {
          ...{ depositId: `${run} ${name}`, amount: step.amount, currency: 'EUR', method: 'card' },
        });
        if (isNew && taken) log.deposits.set(name, { at, player: step.player, amount: step.amount });
      } else {
        const told = { stake: step.amount, win: (step.amount * 7) % 1_000 };
        const taken = await tell(nameOf(step.player), 'bet.settled', at, {
          ...{ betId: `${run} ${name}`, roundId: `${run} ${name}`, game: 'slot', currency: 'EUR', ...told },
        });
        if (isNew && taken) log.bets.set(name, { at, player: step.player, ...told });
      }
      continue;
    }
    const campaignId = campaignIds[step.campaign] ?? '';
    if (step.kind === 'try') {
      const source = SOURCES[step.source] ?? null;
      const activationId = newId();
      await enter(nameOf(step.player), campaignId, activationId, source, time, step.do);
      if (step.do === 'refuse') {
        log.refused.push({ at, campaign: step.campaign, source });
        continue;
      }
      log.takes.push({ at, order: activationId, player: step.player, campaign: step.campaign, source });
      grants.set(`${step.campaign} ${step.player}`, {
        grantId: await grant(nameOf(step.player), campaignId, activationId),
        source,
      });
      continue;
    }
    const { grantId, source } = grants.get(`${step.campaign} ${step.of % 2}`) ?? {
      grantId: newId(),
      source: null,
    };
    const about = { player: nameOf(step.of % 2), grantId, campaignId, currency: 'EUR', at: time };
    const told = new Date(now).toISOString();
    if (step.do === 'convert')
      await happen(app, told, ['bonus.converted', { ...about, amount: step.amount, removed: 7 }]);
    else if (step.do === 'expire')
      await happen(app, told, ['bonus.expired', { ...about, amount: step.amount }]);
    else await happen(app, told, ['bonus.reinstated', { ...about, balance: step.amount }]);
    const money = (kind: 'converted' | 'broken', sum: number) =>
      log.money.push({ at, campaign: step.campaign, kind, amount: sum, of: source });
    if (step.do === 'convert') money('converted', step.amount);
    money('broken', step.do === 'convert' ? 7 : step.do === 'expire' ? step.amount : -step.amount);
  }
  await countAll(app);
  return log;
}

/** Tells of an event twice: the second time it must change nothing. @returns whether it was taken. */
async function tell(name: string, type: string, at: number, data: object): Promise<boolean> {
  const event = { id: randomUUID(), type, time: new Date(at).toISOString(), player: name, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event, event] } });
  return body.results[0].status === 'accepted';
}

/** An attempt, as if it had been made at the time. */
async function enter(
  name: string,
  campaignId: string,
  activationId: string,
  source: string | null,
  time: string,
  what: 'take' | 'refuse',
): Promise<void> {
  const { brandId } = app.brand;
  const outcome = what === 'take' ? 'accepted' : 'refused';
  await app.db.query(
    `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
       decided, issued, code_shown, campaign_id, entry, outline_id, seen, takes, created_at, changed_at)
     values ($1, $2::uuid, $3, $4, $2::uuid::text, '', $5, $5, '[]', '', $6, $7, $2::uuid, '[]', '[]', $8, $8)`,
    [
      ...[playerId(brandId, name), activationId, brandId, name, outcome, campaignId],
      ...[JSON.stringify({ channel: 'cashier', ...(source && { traffic: { utmSource: source } }) }), time],
    ],
  );
  const told = { player: name, activationId, campaignId, channel: 'cashier' };
  if (what === 'take') await happen(app, time, ['code.activated', { ...told, outcome }]);
  else await happen(app, time, ['activation.refused', { ...told, key: 'code_expired' }]);
}

async function grant(name: string, campaignId: string, activationId: string): Promise<string> {
  const grantId = newId();
  await app.db.query(
    `insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind, status,
       currency, created_at, changed_at)
     values ($1, $2, $3, $4, $5, 1, 0, 'bonus_balance', 'cancelled', 'EUR', now(), now())`,
    [playerId(app.brand.brandId, name), grantId, app.brand.brandId, activationId, campaignId],
  );
  return grantId;
}

type Totals = Record<
  'accepted' | 'refused' | 'deposits' | 'deposited' | 'bets' | 'staked' | 'won' | 'converted' | 'breakage',
  number
>;

const NOTHING: Totals = {
  accepted: 0,
  refused: 0,
  deposits: 0,
  deposited: 0,
  bets: 0,
  staked: 0,
  won: 0,
  converted: 0,
  breakage: 0,
};

/** Counts by brute force, what passes a filter by day and source. */
function recounted(
  log: Log,
  campaign: number,
  passes: (at: number, source: string | null) => boolean,
): Totals {
  const totals = { ...NOTHING };
  const lastTaken = (who: number, at: number) =>
    log.takes
      .filter((take) => take.player === who && take.at <= at && at < take.at + WEEK)
      .sort((a, b) => b.at - a.at || (b.order < a.order ? -1 : 1))[0];
  const ofCampaign = (who: number, at: number): boolean => {
    const take = lastTaken(who, at);
    return take?.campaign === campaign && passes(at, take.source);
  };
  totals.accepted = log.takes.filter(
    (take) => take.campaign === campaign && passes(take.at, take.source),
  ).length;
  totals.refused = log.refused.filter(
    (one) => one.campaign === campaign && passes(one.at, one.source),
  ).length;
  for (const one of log.money)
    if (one.campaign === campaign && passes(one.at, one.of))
      totals[one.kind === 'converted' ? 'converted' : 'breakage'] += one.amount;
  for (const [name, one] of log.deposits) {
    if (log.gone.has(`reverse ${name}`) || !ofCampaign(one.player, one.at)) continue;
    totals.deposits += 1;
    totals.deposited += one.amount;
  }
  for (const [name, one] of log.bets) {
    if (log.gone.has(`rollback ${name}`) || !ofCampaign(one.player, one.at)) continue;
    totals.bets += 1;
    totals.staked += one.stake;
    totals.won += one.win;
  }
  return totals;
}

function totalsOf({ accepted, refused, money }: PerformanceNumbers): Totals {
  const { deposits, deposited, bets, staked, won, converted, breakage } = money[0] ?? NOTHING;
  const sums = { deposited, staked, won, converted, breakage };
  for (const [name, sum] of Object.entries(sums)) expect(sum, name).not.toBeNull();
  return { accepted, refused, deposits, bets, ...(sums as Record<keyof typeof sums, number>) };
}

const dayIn = (timeZone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' });
  return (at: number) => format.format(at);
};

const MONEY: ReadonlySet<string> = new Set<keyof MoneyNumbers>([
  ...(['granted', 'converted', 'cashPaid', 'cost', 'breakage', 'deposited', 'staked', 'won', 'ggr'] as const),
]);
const IN_MONEY: ReadonlySet<string> = new Set(['deposits', 'bets']);

/** The number that rows are to add up to. */
function numberOf(numbers: PerformanceNumbers, measure: DrilledFigure): number {
  const money = numbers.money[0];
  const of = MONEY.has(measure) || IN_MONEY.has(measure) ? money : numbers;
  return (of as Record<string, number> | undefined)?.[measure] ?? 0;
}

/** All rows behind a number, page by page. */
async function rowsBehind(campaignId: string, asked: AskedRows): Promise<PlacedRow[]> {
  const of = { brandId: app.brand.brandId, campaignId };
  const rows: PlacedRow[] = [];
  for (;;) {
    const page = await readRows(app.db, of, { timeZone: 'Europe/Malta' }, asked, rows.at(-1)?.place, 5);
    rows.push(...page);
    if (page.length < 5) return rows;
  }
}

async function expectRows(numbers: PerformanceNumbers, campaignId: string, asked: AskedRows): Promise<void> {
  const { measure } = asked;
  const rows = await rowsBehind(campaignId, asked);
  const sum = rows.reduce((total, row) => total + (MONEY.has(measure) ? row.amount : row.count), 0);
  expect(sum, JSON.stringify(asked)).toBe(numberOf(numbers, measure));
}

async function report(campaignId: string) {
  const { brandId } = app.brand;
  const counting = await readCounting(app.db, brandId);
  const from = new Date(Date.now() - 15 * 24 * 60 * MINUTE).toISOString().slice(0, 10);
  const period: Period = { from, to: counting.today };
  const read = await readCampaign(app.db, brandId, campaignId, {
    period,
    counting,
    compared: null,
    into: null,
  });
  if (!read) throw new Error('there is no such campaign');
  const bySource = await readBreakdown(app.db, { brandId, campaignId }, 'source', period, null);
  return { period, read, bySource };
}

test('after whatever was told, late, twice or taken back, sums and rows are those of a brute-force recount', async () => {
  const day = dayIn('Europe/Malta');
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(steps, async (commands) => {
      const run = randomUUID().slice(0, 8);
      const campaignIds = [(await createCampaign(app)).campaignId, (await createCampaign(app)).campaignId];
      const log = await play(run, campaignIds, commands);
      for (const [index, campaignId] of campaignIds.entries()) {
        const { period, read, bySource } = await report(campaignId);
        expect(totalsOf(read.totals)).toEqual(recounted(log, index, () => true));
        for (const { day: on, ...numbers } of read.days)
          expect(totalsOf(numbers), on).toEqual(recounted(log, index, (at) => day(at) === on));
        for (const { value, ...numbers } of bySource)
          expect(totalsOf(numbers), `of ${value}`).toEqual(
            recounted(log, index, (_, source) => source === value),
          );
        // Rows take a statement each: all of them for the first campaign of every tenth run, else one.
        const all = runs % 10 === 0 && index === 0;
        const some = all
          ? DrilledFigure.options
          : [DrilledFigure.options[runs % DrilledFigure.options.length]];
        for (const measure of some) {
          if (!measure) continue;
          await expectRows(read.totals, campaignId, { measure, period });
          for (const { kind, value, ...numbers } of bySource) {
            const trait =
              kind === 'value' && value !== null
                ? ({ dimension: 'source', kind, value } as const)
                : ({ dimension: 'source', kind: 'none' } as const);
            await expectRows(numbers, campaignId, { measure, period, trait });
          }
          for (const { day: on, ...numbers } of read.days.filter(
            ({ accepted, money }) => accepted > 0 || money.length > 0,
          ))
            await expectRows(numbers, campaignId, { measure, period: { from: on, to: on } });
        }
      }
      runs += 1;
    }),
    { numRuns: RUNS },
  );

  // Counted anew from the log all of it is the same.
  const { brandId } = app.brand;
  const kept = async () => [
    await sumsOf(app.db, 'rollups', brandId),
    await sumsOf(app.db, 'rollup_days', brandId),
    (
      await app.db.query(
        `select campaign_id, day::text, dimension, value, measure, detail, currency, count, amount::text from breakdown_days
      where brand_id = $1 and (count <> 0 or amount <> 0) order by 1, 2, 3, 4, 5, 6, 7`,
        [brandId],
      )
    ).rows,
    (await app.db.query('select * from facts where brand_id = $1 order by player_id, fact_id', [brandId]))
      .rows,
    (await app.db.query('select * from activation_bets where brand_id = $1 order by 1, 2, 3, 4', [brandId]))
      .rows,
  ];
  const before = await kept();
  await app.analytics.recount(brandId);
  expect(await kept()).toEqual(before);
}, 300_000);
