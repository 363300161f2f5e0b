import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import { buildConsole, CONSOLE } from '../../apps/console/build/build.ts';
import type { Bench, Group } from '../bench.ts';
import { makeCampaign } from '../environment/campaigns.ts';
import { PLAYERS } from '../environment/players.ts';
import { note } from '../report.ts';
import { allAnswered, send } from './activate.ts';
import { changePages } from './console-pages.ts';

/** With all of the players once in each, more than a million activations. */
const CAMPAIGNS = 7;
const CALLS = 40;
const WARM_UP = 5;
const P95 = 0.95;
const LOOK_EVERY_MS = 1_000;
const LOADED_AT_ONCE = /(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g;

/** Scripts and styles that every page loads before its own part, as sent to who takes gzip. */
export const consoleSize: Group = {
  names: ['console.first_load_gzip_bytes'],
  async measure() {
    await buildConsole();
    const page = readFileSync(join(CONSOLE, 'index.html'), 'utf8');
    const files = new Set([...page.matchAll(LOADED_AT_ONCE)].map(([, file = '']) => file));
    const sizes = [...files].map((file) => readFileSync(join(CONSOLE, `${file}.gz`)).length);
    const value = sizes.reduce((sum, size) => sum + size, 0);
    return [{ name: 'console.first_load_gzip_bytes', unit: 'bytes', value }];
  },
};

/** Lists and pages with more than a million activations stored, each with its bonus, postings and events. */
export const consoleSpeed: Group = {
  names: ['console.api_p95_ms', 'console.page_change_ms'],
  async measure(bench) {
    await buildConsole();
    const server = await bench.server();
    const first = await makeCampaign(bench.db, bench.brand);
    for (let nth = 0; nth < CAMPAIGNS; nth++) {
      const campaign = nth === 0 ? first : await makeCampaign(bench.db, bench.brand);
      allAnswered(201, await send(bench, server.url, campaign, { until: 'all players' }));
      note(`${(nth + 1) * PLAYERS.count} activations stored`);
    }
    await untilFollowed(bench);
    await bench.db.query('vacuum analyze');
    await bench.settle();
    return [
      { name: 'console.api_p95_ms', unit: 'ms', value: await apiP95(bench, server.url) },
      { name: 'console.page_change_ms', unit: 'ms', value: await changePages(bench, server.url) },
    ];
  },
};

/**
 * Waits until all that follows activations in the background has: numbers, links between accounts, watches, cohorts. A
 * million in some minutes leaves it behind, and pages of a server that catches up are another matter than a million stored.
 */
async function untilFollowed({ db, brand }: Bench): Promise<void> {
  const started = performance.now();
  const isBehind = async (): Promise<boolean> => {
    const { rows } = await db.query<{ behind: boolean }>(
      `select exists (select from outbox where brand_id = $1 and position is null) or exists (
         select from chain_heads h, (
           select min(position) as position from (
             select position from rollup_feeds where brand_id = $1
             union all select position from risk_feeds where brand_id = $1
             union all select position from code_watch_feeds where brand_id = $1
             union all select position from player_day_feeds where brand_id = $1
           ) as feeds
         ) as last
         where h.chain = 'outbox' and h.brand_id = $1 and h.position > last.position
       ) as behind`,
      [brand.brandId],
    );
    return rows[0]?.behind ?? false;
  };
  while (await isBehind()) await sleep(LOOK_EVERY_MS);
  note(`followed after ${((performance.now() - started) / 1_000).toFixed(0)} s more`);
}

/** Every route that reads for a page, one call after another; a page of something is that of the first in its list. */
async function apiP95({ brand: { key } }: Bench, url: string): Promise<number> {
  const lists = new Map<string, Item>();
  const took: { path: string; ms: number }[] = [];
  for (const route of readingRoutes()) {
    const path = pathOf(route, lists);
    if (path === undefined) continue;
    for (let call = 0; call < CALLS; call++) {
      const started = performance.now();
      const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${key}` } });
      const text = await response.text();
      const ms = performance.now() - started;
      if (!response.ok) throw new Error(`${path} was answered ${response.status} ${text.slice(0, 200)}`);
      if (call >= WARM_UP) took.push({ path, ms });
      const item = call === 0 ? firstOf(JSON.parse(text)) : undefined;
      if (item) lists.set(path, item);
    }
  }
  const sorted = took.toSorted((a, b) => a.ms - b.ms);
  const slowest = Map.groupBy(sorted.slice(Math.floor(sorted.length * P95)), ({ path }) => path);
  for (const [path, calls] of slowest) note(`among the slowest: ${path}, ${calls.at(-1)?.ms.toFixed(1)} ms`);
  note(`${new Set(took.map(({ path }) => path)).size} lists and pages`);
  return sorted[Math.floor(sorted.length * P95)]?.ms ?? Number.NaN;
}

type Item = Readonly<Record<string, unknown>>;

/** Lists first, as pages are reached from them. What streams, downloads or belongs to one player's browser is no page. */
const readingRoutes = (): Route[] =>
  ALL_ROUTES.filter(
    ({ method, path, access, query, success }) =>
      method === 'GET' &&
      typeof access === 'object' &&
      !path.startsWith('/v1/me/') &&
      (!query || query.safeParse({}).success) &&
      Object.values(success).every((body) => typeof body === 'object'),
  ).toSorted((a, b) => a.path.split(':').length - b.path.split(':').length);

/** Undefined when there is nothing in the list before it. */
function pathOf({ path }: Route, lists: ReadonlyMap<string, Item>): string | undefined {
  let whole = '';
  for (const part of path.split('/').slice(1)) {
    const item = part.startsWith(':') ? lists.get(whole) : undefined;
    const name = part.startsWith(':') ? (item?.[part.slice(1)] ?? item?.id ?? item?.name) : part;
    if (typeof name !== 'string') return undefined;
    whole += `/${encodeURIComponent(name)}`;
  }
  return whole;
}

const firstOf = (answer: unknown): Item | undefined => {
  const items = typeof answer === 'object' && answer !== null && 'items' in answer ? answer.items : undefined;
  return Array.isArray(items) ? (items[0] as Item | undefined) : undefined;
};
