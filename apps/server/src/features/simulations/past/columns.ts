import type { Field } from './fields.ts';

/** A column of the table of tries. */
interface Column {
  readonly type: string;
  /** Of `p`, the player's row, and `s`, what the player stood at when they tried. */
  readonly from: string;
}

/** Milliseconds since the epoch, what is past them cut off: a number is a third of an instant's text, and read at once. */
const millis = (instant: string): string => `floor(date_part('epoch', ${instant}) * 1000 + 0.0005)::bigint`;

/** As events say, else by the player's row, unless that was later. */
const lastOf = (event: string, column: string): string =>
  millis(`coalesce(${event}, case when date_trunc('milliseconds', ${column}) <= s.at then ${column} end)`);

/** The player as they were, where what came later says so. Dates are text: they have no time zone. */
const COLUMNS: Readonly<Record<Field, Column>> = {
  country: { type: 'text', from: 'p.country' },
  currency: { type: 'text', from: 'p.currency' },
  language: { type: 'text', from: 'p.language' },
  birthDate: { type: 'text', from: 'p.birth_date::text' },
  registeredAt: { type: 'bigint', from: millis('p.registered_at') },
  kycStatus: { type: 'text', from: 'p.kyc_status' },
  vipLevel: { type: 'integer', from: 'p.vip_level' },
  emailVerified: { type: 'boolean', from: 'p.email_verified' },
  household: { type: 'text', from: 'p.household' },
  segments: { type: 'text[]', from: 'p.segments' },
  depositCount: { type: 'integer', from: 'greatest(0, p.deposit_count - s.later_count)' },
  totalDeposits: { type: 'bigint', from: 'greatest(0, p.total_deposits - s.later_sum)' },
  lastDepositAt: { type: 'bigint', from: lastOf('s.deposited_at', 'p.last_deposit_at') },
  lastLoginAt: { type: 'bigint', from: lastOf('s.logged_in_at', 'p.last_login_at') },
  selfExcludedUntil: {
    type: 'bigint',
    from: millis('case when p.self_excluded_until > now() then p.self_excluded_until end'),
  },
  bonusBlocked: { type: 'boolean', from: 'p.bonus_blocked' },
  properties: { type: 'jsonb', from: 'p.properties' },
};

/** The definitions of the columns, each under the name of its field. */
export const definitionsOf = (fields: ReadonlySet<Field>): string =>
  [...fields].map((field) => `"${field}" ${COLUMNS[field].type}`).join(', ');

/** What they are read from, in the same order. */
export const sourcesOf = (fields: ReadonlySet<Field>): string =>
  [...fields].map((field) => COLUMNS[field].from).join(', ');
