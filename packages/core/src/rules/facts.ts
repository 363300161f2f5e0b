import type { ScalarType } from './types.ts';

/** Types a fact may have; lists hold plain values. */
export type FactType = ScalarType | 'list<string>' | 'list<int>' | 'list<double>';

/** One named thing a rule or a journey may ask about. */
export type Fact = {
  /** Full dotted name as written in rules: `player.country`. */
  readonly name: string;
  readonly type: FactType;
  /** Whether it may be absent; a condition on an absent fact is unknown, never an error. */
  readonly nullable: boolean;
  readonly label: string;
  /** A typical value, as it appears in a facts object. */
  readonly example: string | number | boolean | readonly string[];
  /** Who supplies it: the platform's player record, the visit, the attempt itself, the clock, or the brand's own events. */
  readonly source: 'player' | 'traffic' | 'activation' | 'clock' | 'property';
  /** How it can come to change: ranks the ways to pass a rule, easiest first. */
  readonly changes: 'by_player' | 'with_time' | 'rarely';
  /** `minor`: an amount in minor units of the player's currency. */
  readonly unit?: 'minor';
};

/** A brand's registered custom property; becomes the fact `player.properties.<name>`. */
export type Property = { readonly name: string; readonly type: FactType; readonly label: string };

/** Every fact a brand's rules may use. Build it once per brand with {@link buildCatalogue}. */
export type Catalogue = {
  /** Built-in facts first, then properties in the order given. */
  readonly facts: readonly Fact[];
  readonly byName: ReadonlyMap<string, Fact>;
};

export type PropertyError = {
  readonly name: string;
  readonly reason: 'invalid_name' | 'reserved_name' | 'duplicate';
};

type Details = Partial<Pick<Fact, 'nullable' | 'changes' | 'unit'>>;

const group =
  (source: Fact['source'], prefix: string) =>
  (name: string, type: FactType, label: string, example: Fact['example'], details: Details = {}): Fact => ({
    name: `${prefix}${name}`,
    type,
    nullable: true,
    label,
    example,
    source,
    changes: 'rarely',
    ...details,
  });

const player = group('player', 'player.');
const traffic = group('traffic', 'traffic.');
const activation = group('activation', 'activation.');
const clock = group('clock', '');

const byPlayer = { changes: 'by_player' } as const;
const withTime = { changes: 'with_time' } as const;
const always = { nullable: false } as const;

const BUILT_IN: readonly Fact[] = [
  player('country', 'string', 'Country (ISO 3166-1 alpha-2)', 'DE'),
  player('currency', 'string', 'Currency (ISO 4217)', 'EUR'),
  player('language', 'string', 'Language (BCP 47)', 'de'),
  player('age', 'int', 'Age in full years', 34, withTime),
  player('registered_at', 'timestamp', 'Registered at', '2026-01-15T09:30:00Z'),
  player('days_since_registration', 'int', 'Full days since registration', 12, withTime),
  player('kyc_status', 'string', 'Identity check status', 'verified', byPlayer),
  player('segments', 'list<string>', 'Segments', ['vip', 'newsletter']),
  player('email_verified', 'bool', 'E-mail verified', true, byPlayer),
  player('vip_level', 'int', 'VIP level', 2, byPlayer),
  player('total_deposits', 'int', 'Total deposits', 25_000, { ...byPlayer, unit: 'minor' }),
  player('deposit_count', 'int', 'Number of deposits', 3, byPlayer),
  player('last_deposit_at', 'timestamp', 'Last deposit at', '2026-03-01T18:00:00Z', byPlayer),
  player('last_login_at', 'timestamp', 'Last login at', '2026-03-02T08:15:00Z', byPlayer),
  traffic('utm_source', 'string', 'UTM source', 'newsletter'),
  traffic('utm_medium', 'string', 'UTM medium', 'email'),
  traffic('utm_campaign', 'string', 'UTM campaign', 'spring_2026'),
  traffic('affiliate_id', 'string', 'Affiliate', 'aff-1042'),
  activation('channel', 'string', 'Channel: registration, cashier, popup, account or api', 'cashier', {
    ...always,
    ...byPlayer,
  }),
  activation('device_type', 'string', 'Device type', 'mobile', byPlayer),
  activation('ip_country', 'string', 'Country of the IP address (ISO 3166-1 alpha-2)', 'DE'),
  activation('entered_at', 'timestamp', 'Code entered at', '2026-03-02T08:20:00Z', {
    ...always,
    ...withTime,
  }),
  clock('now', 'timestamp', 'Time of the decision', '2026-03-02T08:20:00Z', { ...always, ...withTime }),
];

const PROPERTY_NAME = /^[a-z][a-z0-9_]{0,62}$/;

/** Words CEL keeps for itself, and `constructor`, which every JavaScript object already has. */
const RESERVED = new Set(
  'as break const constructor continue else false for function if import in let loop namespace null package return true var void while'.split(
    ' ',
  ),
);

const SEGMENT = /^[A-Za-z_][A-Za-z0-9_]{0,62}$/;

/** Whether rules can write the name, dotted or not: each part of it a word that neither CEL nor JavaScript has taken. */
export const isFieldPath = (name: string): boolean =>
  name.split('.').every((part) => SEGMENT.test(part) && !RESERVED.has(part) && !(part in {}));

/** A value of each type, where there is none from life. */
export const EXAMPLES: Readonly<Record<FactType, Fact['example']>> = {
  string: 'text',
  int: 1,
  double: 1.5,
  bool: true,
  timestamp: '2026-03-02T08:20:00Z',
  duration: '36h',
  'list<string>': ['a', 'b'],
  'list<int>': [],
  'list<double>': [],
};

/**
 * The facts of a brand: the built-in ones and its registered properties.
 * Errors name each property that can't be one: names are lower snake case, unique, and no reserved word.
 */
export function buildCatalogue(
  properties: readonly Property[] = [],
): { ok: true; catalogue: Catalogue } | { ok: false; errors: readonly PropertyError[] } {
  const errors: PropertyError[] = [];
  const byName = new Map(BUILT_IN.map((fact) => [fact.name, fact]));
  for (const { name, type, label } of properties) {
    const fact = group('property', 'player.properties.')(name, type, label, EXAMPLES[type]);
    if (!PROPERTY_NAME.test(name)) errors.push({ name, reason: 'invalid_name' });
    else if (RESERVED.has(name)) errors.push({ name, reason: 'reserved_name' });
    else if (byName.has(fact.name)) errors.push({ name, reason: 'duplicate' });
    else byName.set(fact.name, fact);
  }
  return errors.length > 0
    ? { ok: false, errors }
    : { ok: true, catalogue: { facts: [...byName.values()], byName } };
}
