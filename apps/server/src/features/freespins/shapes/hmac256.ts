import { createHmac } from 'node:crypto';
import { ok } from '@promosmith/core';
import { z } from 'zod';
import { fieldErrors } from '../../../platform/field-errors.ts';
import { answerByStatus, fieldsOf, textIn } from './answers.ts';
import type { FreeRoundAdapter, ProviderAccount, ProviderCall, SpinsOrder } from './shape.ts';
import { isSameHex, SIGNATURE_INVALID, unreadable } from './signature.ts';

/** JSON bodies; `X-REQUEST-SIGN` is the HMAC-SHA256 of the body, both ways. Amounts are minor units. */
export const hmac256: FreeRoundAdapter = {
  severalGames: true,
  answerExtras: {},

  async issue(account, order, ask) {
    const outcome = await ask(issueCall(account, order));
    const answer = answerByStatus(outcome);
    return answer.kind === 'accepted'
      ? { ...answer, reference: textIn(fieldsOf(outcome.response), 'id') }
      : answer;
  },

  cancel: async (account, order, ask) =>
    answerByStatus(
      await ask(
        call(account, '/freespins/cancel', { casino_id: account.accountId, issue_id: order.grantId }),
      ),
    ),

  read({ secret }, { headers, rawBody }) {
    if (!isSameHex(headers['x-request-sign'], signatureOf(rawBody, secret))) return SIGNATURE_INVALID;
    const parsed = Finish.safeParse(fieldsOf(rawBody.toString('utf8')));
    if (!parsed.success) return unreadable(fieldErrors(parsed.error));
    const { issue_id, status, total_amount, spins_played, transaction_id, user_id, currency } = parsed.data;
    return ok({
      // An order ends once, so its own id names the end where the provider gives it no other.
      transactionId: transaction_id ?? issue_id,
      grantId: issue_id,
      player: user_id,
      currency,
      told: { kind: 'end', as: ENDS[status], won: total_amount, played: spins_played },
    });
  },
};

/** The order as it is sent. */
export const issueCall = (account: ProviderAccount, order: SpinsOrder): ProviderCall =>
  call(account, '/freespins/issue', {
    casino_id: account.accountId,
    issue_id: order.grantId,
    currency: order.currency.code,
    games: order.games,
    freespins_quantity: order.count,
    bet_level: order.spinValue,
    valid_until: new Date(order.expiresAt).toISOString(),
    user: order.player,
  });

function call({ baseUrl, secret }: ProviderAccount, path: string, fields: object): ProviderCall {
  const body = JSON.stringify(fields);
  return {
    url: `${baseUrl}${path}`,
    headers: { 'content-type': 'application/json', 'x-request-sign': signatureOf(body, secret) },
    body,
  };
}

const signatureOf = (body: string | Buffer, token: string): string =>
  createHmac('sha256', token).update(body).digest('hex');

const ENDS = { played: 'finished', canceled: 'cancelled', expired: 'expired' } as const;

/** The order is over. */
const Finish = z.looseObject({
  issue_id: z.string(),
  status: z.enum(['played', 'canceled', 'expired']),
  total_amount: z.int().min(0),
  spins_played: z.int().min(0).optional(),
  transaction_id: z.string().min(1).max(128).optional(),
  user_id: z.string().optional(),
  currency: z.string().optional(),
});
