/** What the load generator sends. Requests differ only in these fields, all of constant width per run. */
export interface RequestShape {
  method: 'POST';
  path: string;
  /** API key. */
  key: string;
  /** JSON body in which `{player}`, `{network}` (two groups of an IPv6 address) and `{code}` stand for what differs. */
  body: string;
  /** Names the run in every Idempotency-Key, so that no two runs share one. */
  run: string;
}

/** One run. Each caller has one connection and one request in flight: no pipelining. */
export interface LoadPlan {
  /** Base URL of the server. */
  url: string;
  shape: RequestShape;
  /** Callers at once. */
  callers: number;
  /** External ids of the players, by turns. */
  players: { prefix: string; first: number; count: number; digits: number };
  /** One code for everybody, or one per request, in order. */
  codes: readonly string[];
  /** Until when to send: for a time after a warm-up that is not counted, or every player once. */
  until: { warmUpMs: number; measureMs: number } | 'all players';
  /** Settled bets to tell of, in place of the body of `shape`. */
  bets?: BetsPlan;
}

/** Settled bets, as many in a request as a platform tells at once. */
export interface BetsPlan {
  perRequest: number;
  /** Minor units. */
  stake: number;
  currency: string;
}

export interface LoadResult {
  /** Answers by HTTP status over the whole run, warm-up included. */
  statuses: Record<string, number>;
  /** Answers within the measured part. */
  measured: number;
  /** Length of the measured part; up to the last answer when every player was sent once. */
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
}

const GROUP_DIGITS = 3;

/** Two groups of an IPv6 address that only the n-th player has, written as addresses are: without a leading 0. */
export function playerNetwork(n: number): string {
  const group = (number: number): string => `1${String(number).padStart(GROUP_DIGITS, '0')}`;
  const size = 10 ** GROUP_DIGITS;
  return `${group(Math.floor(n / size) % size)}:${group(n % size)}`;
}

/** External id of the n-th player. */
export const playerName = ({ prefix, digits }: LoadPlan['players'], n: number): string =>
  prefix + String(n).padStart(digits, '0');
