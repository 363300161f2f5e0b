import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { FreeSpins, ProviderShape } from '@promosmith/contract';
import { expect, vi } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';
import { answers, type Behaviour, type Received, startReceiver } from '../webhooks/testing/receiver.ts';

const SECRET = 'known-to-both-sides';
const ACCOUNT = 'lucky-star';

type Fields = Record<string, string>;

/** What a provider tells of an order. Amounts are minor units of a currency with two decimals. */
export interface Told {
  grantId: string;
  won: number;
  /** Rounds it took, where the shape has them. */
  played?: number;
  /** Only hmac256 says so. */
  as?: 'played' | 'canceled' | 'expired';
  /** Of the provider's transaction; a new one when left out. */
  id?: string;
  player?: string;
  currency?: string;
}

/** A real HTTP server that speaks one shape, checks what it is sent, and misbehaves as told. */
export interface FakeProvider extends AsyncDisposable {
  readonly name: string;
  readonly shape: ProviderShape;
  /** The calls it has had, without their query. */
  calls(path?: string): Received[];
  /** How it answers the next call of a path, instead of as it should. */
  next(path: string, ...behaviours: Behaviour[]): void;
  /** The rounds and winnings of an order, as it would tell when asked. */
  readonly standings: Map<string, { rounds_played: number; total_win: string }>;
  /** Tells of the end of an order, or with formsha1 of one round. */
  tell(told: Told): Promise<TestResponse>;
  /** Sends a callback just as it is. */
  send(body: string, headers: Record<string, string>): Promise<TestResponse>;
}

const PATHS = {
  hmac256: { issue: '/freespins/issue', cancel: '/freespins/cancel' },
  formsha1: { issue: '/freespins/set', cancel: '/freespins/cancel' },
  md5query: { issue: '/bonus/player/create', cancel: '/bonus/cancel' },
} as const;
export const pathsOf = (shape: ProviderShape) => PATHS[shape];

export const closes: Behaviour = (response) => {
  response.destroy();
};

/** Starts a provider and connects the app's brand to it. */
export async function connectProvider(
  app: TestApp,
  shape: ProviderShape,
  name = `${shape}-${randomUUID().slice(0, 8)}`,
): Promise<FakeProvider> {
  const receiver = await startReceiver();
  const faults = new Map<string, Behaviour[]>();
  const standings: FakeProvider['standings'] = new Map();
  receiver.behave((response, request) => {
    const path = pathOf(request);
    const fault = faults.get(path)?.shift();
    if (fault) return fault(response, request);
    const wrong = whatIsWrong(shape, request);
    if (wrong) return answers(400, {}, wrong)(response, request);
    return answers(200, {}, goodAnswer(path, request, standings))(response, request);
  });
  const { status } = await app.request('PUT', `/v1/free-round-providers/${name}`, {
    body: { shape, baseUrl: receiver.url('/api'), accountId: ACCOUNT, secret: SECRET },
  });
  expect(status).toBe(201);
  const send = (body: string, headers: Record<string, string>) =>
    app.request('POST', `/v1/providers/${app.brand.slug}/${name}/callbacks`, { key: null, body, headers });
  return {
    name,
    shape,
    standings,
    calls: (path) => receiver.received.filter((call) => path === undefined || pathOf(call) === path),
    next: (path, ...behaviours) => {
      faults.set(path, [...(faults.get(path) ?? []), ...behaviours]);
    },
    send,
    tell: (told) => {
      const { body, headers } = callbackOf(shape, told);
      return send(body, headers);
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}

const pathOf = ({ path }: Received): string => path.split('?', 1)[0]!.replace(/^\/api/, '');

/** What a call that its shape forbids is refused with: signatures are made here a second time. */
function whatIsWrong(shape: ProviderShape, { path, headers, body }: Received): string | undefined {
  switch (shape) {
    case 'hmac256':
      return headers['x-request-sign'] === hmac('sha256', body) ? undefined : 'signature';
    case 'formsha1':
      return headers['x-sign'] === formSign(Object.fromEntries(new URLSearchParams(body)), headers as Fields)
        ? undefined
        : 'signature';
    case 'md5query': {
      const { hash, ...fields } = Object.fromEntries(new URL(path, 'http://x').searchParams);
      return hash === md5Of(fields) ? undefined : 'hash';
    }
  }
}

function goodAnswer(path: string, { body }: Received, standings: FakeProvider['standings']): string {
  if (path === '/freespins/bets')
    return '{"bets":[{"bet_id":1,"bet_value":"0.10"},{"bet_id":2,"bet_value":"1.00"}]}';
  if (path === '/freespins/get') {
    const order = new URLSearchParams(body).get('freespin_id') ?? '';
    return JSON.stringify(standings.get(order) ?? { rounds_played: 0, total_win: '0.00' });
  }
  return '{"error":0,"id":"order-1","bonusId":"order-1"}';
}

/** A callback as the shape writes and signs it. */
export function callbackOf(
  shape: ProviderShape,
  { grantId, won, played, as = 'played', id = randomUUID(), player, currency }: Told,
): { body: string; headers: Record<string, string> } {
  // Half a cent is something a provider should not tell.
  const decimal = (won / 100).toFixed(Number.isInteger(won) ? 2 : 3);
  switch (shape) {
    case 'hmac256': {
      const body = JSON.stringify({
        issue_id: grantId,
        status: as,
        total_amount: won,
        spins_played: played,
        transaction_id: id,
        user_id: player,
        currency,
      });
      return {
        body,
        headers: { 'content-type': 'application/json', 'x-request-sign': hmac('sha256', body) },
      };
    }
    case 'formsha1': {
      const fields = {
        action: 'win',
        freespin_id: grantId,
        transaction_id: id,
        player_id: player ?? 'p-1',
        currency: currency ?? 'EUR',
        amount: decimal,
      };
      const stamp = {
        'x-merchant-id': ACCOUNT,
        'x-timestamp': String(Math.floor(Date.now() / 1000)),
        'x-nonce': randomUUID(),
      };
      return {
        body: new URLSearchParams(fields).toString(),
        headers: { ...FORM, ...stamp, 'x-sign': formSign(fields, stamp) },
      };
    }
    case 'md5query': {
      const fields: Fields = {
        bonusCode: grantId,
        reference: id,
        userId: player ?? 'p-1',
        currency: currency ?? 'EUR',
        amount: decimal,
        ...(played === undefined ? {} : { rounds: String(played) }),
      };
      return {
        body: new URLSearchParams({ ...fields, hash: md5Of(fields) }).toString(),
        headers: FORM,
      };
    }
  }
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

export const hmac = (algorithm: string, text: string): string =>
  createHmac(algorithm, SECRET).update(text).digest('hex');

function formSign(fields: Fields, headers: Fields): string {
  const signed = new URLSearchParams({
    ...fields,
    'X-Merchant-Id': headers['x-merchant-id'] ?? '',
    'X-Timestamp': headers['x-timestamp'] ?? '',
    'X-Nonce': headers['x-nonce'] ?? '',
  });
  signed.sort();
  return hmac('sha1', signed.toString());
}

function md5Of(fields: Fields): string {
  const plain = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  return createHash('md5')
    .update(plain + SECRET)
    .digest('hex');
}

/** Twenty spins of 0.10, won as a bonus that is wagered 35 times. */
export const twentySpins = (provider: string, differences: Record<string, unknown> = {}) => ({
  kind: 'free_spins' as const,
  count: 20,
  provider,
  games: ['fruit-parade'],
  spinValue: { EUR: 10 },
  wagering: { multiplier: 3_500, base: 'winnings' as const },
  ...differences,
});

export interface Spinning {
  readonly campaignId: string;
  readonly grantId: string;
  readonly player: string;
}

/** A player uses a code for free spins. @param definition other terms of the campaign. */
export async function startSpins(
  app: TestApp,
  provider: Pick<FakeProvider, 'name'>,
  {
    player = `player-${randomUUID().slice(0, 8)}`,
    reward = {},
    definition = {},
  }: { player?: string; reward?: Record<string, unknown>; definition?: Record<string, unknown> } = {},
): Promise<Spinning> {
  const { code, campaignId } = await createOffer(app, {
    definition: { rewards: [twentySpins(provider.name, reward)], ...definition },
  });
  const { status, body } = await activate(app, code, player);
  expect(status).toBe(201);
  return { campaignId, player, grantId: body.grants[0].id };
}

/** The player's spins as the API shows them. */
export async function spinsOf(app: TestApp, { grantId, player }: Spinning): Promise<FreeSpins | undefined> {
  const { body } = await app.request('GET', `/v1/free-spins?player=${player}`);
  return body.items.find((spins: FreeSpins) => spins.grantId === grantId);
}

export const PATIENCE = { timeout: 20_000, interval: 20 };

/** Waits until the spins are as expected. */
export const expectSpins = (app: TestApp, spinning: Spinning, expected: Partial<FreeSpins>): Promise<void> =>
  vi.waitFor(async () => expect(await spinsOf(app, spinning)).toMatchObject(expected), PATIENCE);

/** Spins that the provider has taken. */
export async function issuedSpins(
  app: TestApp,
  provider: Pick<FakeProvider, 'name'>,
  options?: Parameters<typeof startSpins>[2],
): Promise<Spinning> {
  const spinning = await startSpins(app, provider, options);
  await expectSpins(app, spinning, { state: 'issued' });
  return spinning;
}

/** What waits is due now. */
export const makeDue = ({ db }: TestApp, { grantId }: Spinning) =>
  db.query('update free_spin_packages set due_at = now() where grant_id = $1', [grantId]);
