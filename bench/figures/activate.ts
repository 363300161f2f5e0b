import { newId } from '../../apps/server/src/platform/ids.ts';
import type { Bench } from '../bench.ts';
import type { BenchCampaign } from '../environment/campaigns.ts';
import { PLAYERS } from '../environment/players.ts';
import { type LoadPlan, type LoadResult, type RequestShape, runLoad } from '../load/index.ts';

export const CALLERS = 256;
export const TIMED = { warmUpMs: 1_500, measureMs: 5_000 } as const;
/** Odd, so that the median is one of them. */
export const REPEATS = 3;

const BODY = JSON.stringify({
  code: '{code}',
  player: { id: '{player}' },
  channel: 'cashier',
  device: { id: 'device-of-{player}', type: 'mobile' },
  ip: '2001:db8:{network}::17',
  ipCountry: 'DE',
  traffic: { utmSource: 'twitch', utmCampaign: 'summer-drop' },
});

export const requestShape = (bench: Bench, path: string): RequestShape => ({
  method: 'POST',
  path,
  key: bench.brand.key,
  body: BODY,
  run: newId(),
});

interface Overrides {
  path?: string;
  callers?: number;
  players?: number;
  until?: LoadPlan['until'];
}

/** Sends one request per player with the campaign's codes. */
export async function send(
  bench: Bench,
  url: string,
  campaign: BenchCampaign,
  { path = '/v1/activations', callers = CALLERS, players = PLAYERS.count, until = TIMED }: Overrides = {},
): Promise<LoadResult> {
  await bench.settle();
  return runLoad({
    url,
    shape: requestShape(bench, path),
    callers,
    players: { ...PLAYERS, count: players },
    codes: campaign.codes,
    until,
  });
}

/** @throws unless every answer had the status. @returns how many there were. */
export function allAnswered(status: number, { statuses }: LoadResult): number {
  const others = Object.keys(statuses).filter((seen) => seen !== String(status));
  if (others.length > 0) throw new Error(`answers other than ${status}: ${JSON.stringify(statuses)}`);
  return statuses[status] ?? 0;
}

export const describe = ({ perSecond, p50Ms, p99Ms }: LoadResult): string =>
  `${Math.round(perSecond)}/s, p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
