import { createHmac, randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { ok, refuse } from '@promosmith/core';
import { formatAmount, parseAmount } from '@promosmith/core/money';
import { z } from 'zod';
import { fieldErrors } from '../../../platform/field-errors.ts';
import { answerByStatus, fieldsOf, textIn } from './answers.ts';
import { type Fields, readForm, sortedQuery } from './form.ts';
import type {
  Ask,
  FreeRoundAdapter,
  ProviderAccount,
  ProviderAnswer,
  ProviderCall,
  SpinsOrder,
} from './shape.ts';
import { isSameHex, SIGNATURE_INVALID, unreadable } from './signature.ts';

/** How far the clocks of the two sides may be apart, ms. What is older is a replay. */
const WINDOW_MS = 300_000;

/** When and under which one-time word a call is signed. */
export interface Stamp {
  /** Seconds since 1970. */
  readonly timestamp: number;
  readonly nonce: string;
}

/**
 * Form bodies; `X-Sign` is the HMAC-SHA1 of all fields and of the headers `X-Merchant-Id`, `X-Timestamp` and `X-Nonce`,
 * sorted by name, both ways. Amounts are decimals. An order names one game, and each round is told by itself.
 */
export const formsha1: FreeRoundAdapter = {
  severalGames: false,
  answerExtras: {},

  /** The provider offers bets by an id of its own, so the one of the spin's value is looked up first. */
  async issue(account, order, ask) {
    const game = order.games[0] ?? '';
    const offered = await ask(
      call(account, '/freespins/bets', { currency: order.currency.code, game }, freshStamp()),
    );
    const bets = answerByStatus(offered);
    if (bets.kind !== 'accepted') return bets;
    const parsed = Bets.safeParse(fieldsOf(offered.response));
    if (!parsed.success) return NO_ANSWER;
    const bet = parsed.data.bets.find(({ bet_value }) => isWorth(bet_value, order));
    if (!bet) return { kind: 'refused', reason: noBetOf(order, game) };
    const outcome = await ask(setCall(account, order, bet.bet_id, freshStamp()));
    const answer = answerByStatus(outcome);
    return answer.kind === 'accepted'
      ? { ...answer, reference: textIn(fieldsOf(outcome.response), 'id') }
      : answer;
  },

  async cancel(account, order, ask) {
    const cancelled = answerByStatus(
      await ask(call(account, '/freespins/cancel', { freespin_id: order.grantId }, freshStamp())),
    );
    return cancelled.kind === 'accepted' ? standing(account, order, ask) : cancelled;
  },

  standing: (account, order, ask) => standing(account, order, ask),

  read({ accountId, secret }, { headers, rawBody, now }) {
    const form = readForm(rawBody);
    if (!form.ok) return form;
    const stamp = stampOf(headers);
    const isOurs = stamp['X-Merchant-Id'] === accountId;
    if (!isOurs || !isSameHex(headers['x-sign'], signatureOf({ ...form.value, ...stamp }, secret)))
      return SIGNATURE_INVALID;
    // It is the provider's own, but of long ago, or its clock is wrong. Also when the timestamp is no number.
    if (!(Math.abs(now - Number(stamp['X-Timestamp']) * 1000) <= WINDOW_MS)) return OUT_OF_WINDOW;
    const parsed = Win.safeParse(form.value);
    if (!parsed.success) return unreadable(fieldErrors(parsed.error));
    const { freespin_id, transaction_id, amount, currency, player_id } = parsed.data;
    return ok({
      transactionId: transaction_id,
      grantId: freespin_id,
      player: player_id,
      currency,
      told: { kind: 'round', won: amount },
    });
  },
};

/** The order as it is sent, once the bet is known. */
export const setCall = (
  account: ProviderAccount,
  order: SpinsOrder,
  betId: string,
  stamp: Stamp,
): ProviderCall =>
  call(
    account,
    '/freespins/set',
    {
      freespin_id: order.grantId,
      player_id: order.player.id,
      currency: order.currency.code,
      game: order.games[0] ?? '',
      quantity: String(order.count),
      bet_id: betId,
      valid_until: String(Math.floor(order.expiresAt / 1000)),
    },
    stamp,
  );

async function standing(account: ProviderAccount, order: SpinsOrder, ask: Ask): Promise<ProviderAnswer> {
  const outcome = await ask(call(account, '/freespins/get', { freespin_id: order.grantId }, freshStamp()));
  const answer = answerByStatus(outcome);
  if (answer.kind !== 'accepted') return answer;
  const parsed = Standing.safeParse(fieldsOf(outcome.response));
  if (!parsed.success) return NO_ANSWER;
  return { kind: 'accepted', standing: { won: parsed.data.total_win, played: parsed.data.rounds_played } };
}

const freshStamp = (): Stamp => ({ timestamp: Math.floor(Date.now() / 1000), nonce: randomUUID() });

function call(
  { baseUrl, accountId, secret }: ProviderAccount,
  path: string,
  fields: Fields,
  { timestamp, nonce }: Stamp,
): ProviderCall {
  const stamp = { 'X-Merchant-Id': accountId, 'X-Timestamp': String(timestamp), 'X-Nonce': nonce };
  return {
    url: `${baseUrl}${path}`,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...stamp,
      'X-Sign': signatureOf({ ...fields, ...stamp }, secret),
    },
    body: sortedQuery(fields),
  };
}

const signatureOf = (fields: Fields, key: string): string =>
  createHmac('sha1', key).update(sortedQuery(fields)).digest('hex');

function isWorth(value: string, { spinValue, currency }: SpinsOrder): boolean {
  const amount = parseAmount(value, currency);
  return amount.ok && amount.value === spinValue;
}

const noBetOf = ({ spinValue, currency }: SpinsOrder, game: string): string =>
  `${game} has no bet of ${formatAmount(spinValue, currency)} ${currency.code}`;

const STAMP_HEADERS = ['X-Merchant-Id', 'X-Timestamp', 'X-Nonce'] as const;

const stampOf = (headers: IncomingHttpHeaders): Record<(typeof STAMP_HEADERS)[number], string> => {
  const [merchant, timestamp, nonce] = STAMP_HEADERS.map((name) => String(headers[name.toLowerCase()] ?? ''));
  return { 'X-Merchant-Id': merchant ?? '', 'X-Timestamp': timestamp ?? '', 'X-Nonce': nonce ?? '' };
};

const OUT_OF_WINDOW = refuse(
  'timestamp_out_of_window',
  `The callback was signed more than ${WINDOW_MS / 60_000} minutes from now: sign it again as it is sent.`,
);

const NO_ANSWER: ProviderAnswer = {
  kind: 'failed',
  error: 'the answer is not what the provider should send',
};

const Bets = z.looseObject({
  bets: z.array(z.looseObject({ bet_id: z.coerce.string(), bet_value: z.string() })),
});

const Standing = z.looseObject({ rounds_played: z.int().min(0), total_win: z.string() });

/** One round was played. */
const Win = z.looseObject({
  action: z.literal('win'),
  freespin_id: z.string(),
  transaction_id: z.string().min(1).max(128),
  player_id: z.string(),
  currency: z.string(),
  amount: z.string(),
});
