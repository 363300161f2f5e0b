import { type Campaign, depositTerms } from '@promosmith/core/activation';
import type { KnownPlayer, PlayerFacts } from '../../players/index.ts';

/** What is kept of a player beside a try: by the name that features know it by. */
export type Field = Exclude<keyof KnownPlayer, 'playerId' | 'email' | 'timeZone'>;

/** What every decision and the result look at. */
const ALWAYS: readonly Field[] = ['country', 'currency', 'registeredAt', 'selfExcludedUntil', 'bonusBlocked'];

const OF_FACT: Readonly<Record<keyof PlayerFacts, Field>> = {
  country: 'country',
  currency: 'currency',
  language: 'language',
  age: 'birthDate',
  registered_at: 'registeredAt',
  days_since_registration: 'registeredAt',
  kyc_status: 'kycStatus',
  segments: 'segments',
  email_verified: 'emailVerified',
  vip_level: 'vipLevel',
  total_deposits: 'totalDeposits',
  deposit_count: 'depositCount',
  last_deposit_at: 'lastDepositAt',
  last_login_at: 'lastLoginAt',
  properties: 'properties',
};

/**
 * The fields that a campaign looks at: the others are neither read nor sent, of which there are a hundred bytes for each
 * try.
 */
export function fieldsOf({ rule, terms }: Pick<Campaign, 'rule' | 'terms'>): ReadonlySet<Field> {
  const { audience, limits } = terms;
  const asked = (rule?.facts ?? []).flatMap((name) => {
    const [subject, fact] = name.split('.');
    return subject === 'player' ? [OF_FACT[fact as keyof PlayerFacts]] : [];
  });
  return new Set([
    ...ALWAYS,
    ...asked,
    ...when(audience.kycRequired, 'kycStatus'),
    ...when(audience.minAge !== undefined, 'birthDate'),
    ...when(
      limits.some(({ scope }) => scope === 'household'),
      'household',
    ),
    // Which of the player's deposits one was, where the platform does not say.
    ...when(depositTerms(terms) !== undefined, 'depositCount'),
  ]);
}

const when = (isAsked: boolean, field: Field): readonly Field[] => (isAsked ? [field] : []);
