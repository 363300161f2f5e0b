import { hash } from 'node:crypto';
import { ok } from '@promosmith/core';
import { formatAmount } from '@promosmith/core/money';
import { z } from 'zod';
import { fieldErrors } from '../../../platform/field-errors.ts';
import type { Outcome } from '../../../platform/outbound/attempt.ts';
import { answerByStatus, fieldsOf, textIn } from './answers.ts';
import { type Fields, readForm, sortedPlain, sortedQuery } from './form.ts';
import type { FreeRoundAdapter, ProviderAccount, ProviderAnswer, ProviderCall, SpinsOrder } from './shape.ts';
import { isSameHex, SIGNATURE_INVALID, unreadable } from './signature.ts';

/**
 * A query whose `hash` is the MD5 of its other fields, sorted, and the secret; orders carry their games as JSON.
 * Amounts are decimals. Success and failure are told in the body: `error` is 0, or says what went wrong.
 */
export const md5query: FreeRoundAdapter = {
  severalGames: true,
  answerExtras: { error: 0 },

  issue: async (account, order, ask) => answerOf(await ask(createCall(account, order))),

  cancel: async (account, order, ask) =>
    answerOf(
      await ask(
        call(account, '/bonus/cancel', { casinoId: account.accountId, bonusCode: order.grantId }, undefined),
      ),
    ),

  read({ secret }, { rawBody }) {
    const form = readForm(rawBody);
    if (!form.ok) return form;
    const { hash: given, ...fields } = form.value;
    if (!isUnambiguous(fields) || !isSameHex(given, hashOf(fields, secret))) return SIGNATURE_INVALID;
    const parsed = Win.safeParse(fields);
    if (!parsed.success) return unreadable(fieldErrors(parsed.error));
    const { bonusCode, reference, userId, amount, currency, rounds } = parsed.data;
    return ok({
      transactionId: reference,
      grantId: bonusCode,
      player: userId,
      currency,
      told: { kind: 'end', as: 'finished', won: amount, played: rounds },
    });
  },
};

/** The order as it is sent. */
export const createCall = (account: ProviderAccount, order: SpinsOrder): ProviderCall =>
  call(
    account,
    '/bonus/player/create',
    {
      casinoId: account.accountId,
      bonusCode: order.grantId,
      playerId: order.player.id,
      currency: order.currency.code,
      rounds: String(order.count),
      expirationDate: String(Math.floor(order.expiresAt / 1000)),
    },
    {
      gameList: order.games.map((gameId) => ({
        gameId,
        betValues: [
          { currency: order.currency.code, totalBet: formatAmount(order.spinValue, order.currency) },
        ],
      })),
    },
  );

function call(
  { baseUrl, secret }: ProviderAccount,
  path: string,
  fields: Fields,
  body: object | undefined,
): ProviderCall {
  return {
    url: `${baseUrl}${path}?${sortedQuery({ ...fields, hash: hashOf(fields, secret) })}`,
    headers: { 'content-type': 'application/json' },
    body: body ? JSON.stringify(body) : '',
  };
}

const hashOf = (fields: Fields, secret: string): string => hash('md5', sortedPlain(fields) + secret, 'hex');

/** The hash runs over values as they are, so a value with a separator in it could be read as other fields. */
const isUnambiguous = (fields: Fields): boolean =>
  Object.entries(fields).every(([name, value]) => !/[&=]/.test(name) && !/[&=]/.test(value));

/** Above these codes the provider itself has a problem, which passes. */
const FIRST_PASSING_ERROR = 100;

function answerOf(outcome: Outcome): ProviderAnswer {
  const byStatus = answerByStatus(outcome);
  if (byStatus.kind !== 'accepted') return byStatus;
  const fields = fieldsOf(outcome.response);
  const error = textIn(fields, 'error');
  if (error === undefined || !/^\d+$/.test(error))
    return { kind: 'failed', error: 'the answer is not what the provider should send' };
  if (Number(error) === 0) return { kind: 'accepted', reference: textIn(fields, 'bonusId') };
  const told = `error ${error}: ${textIn(fields, 'description') ?? 'no description'}`;
  return Number(error) >= FIRST_PASSING_ERROR
    ? { kind: 'failed', error: told }
    : { kind: 'refused', reason: told };
}

/** The order was played out, or as far as it was before it expired or was cancelled. */
const Win = z.looseObject({
  bonusCode: z.string(),
  reference: z.string().min(1).max(128),
  userId: z.string(),
  currency: z.string(),
  amount: z.string(),
  rounds: z.coerce.number().int().min(0).optional(),
});
