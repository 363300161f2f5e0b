import type { ActivationAccepted, IssuedGrant } from '@promosmith/contract';
import type { z } from 'zod';
import type { Answer, Api } from './api/api.ts';
import type { Language } from './texts/language.ts';

/** Uses a code for the player. @param intention stays the same while the player means the same attempt. */
export const activate = (
  api: Api,
  code: string,
  channel: 'registration' | 'cashier' | 'account' | 'popup',
  intention: string,
): Promise<Answer<ActivationAccepted>> =>
  api.call('POST /v1/activations', {
    headers: { 'idempotency-key': intention },
    body: { code, channel },
  });

/** What the player has got, in words. */
export function describe({ outcome, grants, awaitingUntil }: ActivationAccepted, language: Language): string {
  const { say, date } = language;
  const got =
    outcome === 'accepted'
      ? grants.map((grant) => nameOf(grant, language))
      : awaitingUntil
        ? [say('pendingDeposit'), say('expires', { until: date(awaitingUntil) })]
        : [say('pending')];
  return [say('codeAccepted'), ...got].join(' · ');
}

type Named = Pick<z.output<typeof IssuedGrant>, 'kind' | 'amount' | 'currency'>;

/** Such as `€10.00 Bonus`. */
export const nameOf = ({ kind, amount, currency }: Named, { say, money }: Language): string =>
  amount > 0 && kind !== 'cashback' && kind !== 'free_spins'
    ? `${money(amount, currency)} ${say(kind)}`
    : say(kind);
