import type { Answer } from '../../../api/index.ts';

export type Check = Answer<'explainActivation'>['checks'][number];

/** A value as a page shows it. */
export type Seen =
  | { readonly kind: 'nothing' | 'unknown' }
  | { readonly kind: 'text' | 'instant' | 'state' | 'campaign'; readonly text: string }
  | { readonly kind: 'number' | 'uses'; readonly number: number }
  /** Minor units of the player's currency. */
  | { readonly kind: 'money'; readonly amount: number }
  | { readonly kind: 'yesNo'; readonly yes: boolean }
  | { readonly kind: 'list'; readonly of: readonly Seen[] }
  | { readonly kind: 'fields'; readonly of: readonly (readonly [name: string, value: Seen])[] };

/** A sentence of the texts; its values are shown as they are seen. */
export interface Sentence {
  readonly key: string;
  readonly values: Readonly<Record<string, Seen>>;
}

export interface Reading {
  /** Of the texts: `checks.<title>`. */
  readonly title: string;
  /** Of a limit: whose uses it counts, and in which period. */
  readonly scope?: string;
  readonly period?: string | undefined;
  readonly saw: Seen;
  /** The nearest way to pass, of a check that failed. */
  readonly way?: Sentence;
}

const NOTHING: Seen = { kind: 'nothing' };
const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Any value that a check saw or needs. */
export function seen(value: unknown): Seen {
  if (value === undefined) return NOTHING;
  if (value === null) return { kind: 'unknown' };
  if (typeof value === 'number') return { kind: 'number', number: value };
  if (typeof value === 'boolean') return { kind: 'yesNo', yes: value };
  if (typeof value === 'string')
    return INSTANT.test(value) ? { kind: 'instant', text: value } : { kind: 'text', text: value };
  if (Array.isArray(value)) return { kind: 'list', of: value.map(seen) };
  if (isRecord(value))
    return { kind: 'fields', of: Object.entries(value).map(([name, one]) => [name, seen(one)] as const) };
  return { kind: 'text', text: String(value) };
}

const as = (kind: 'text' | 'state' | 'campaign', value: unknown): Seen =>
  typeof value === 'string' ? { kind, text: value } : seen(value);
const money = (value: unknown): Seen =>
  typeof value === 'number' ? { kind: 'money', amount: value } : seen(value);

type Reader = (check: Check) => { saw?: Seen; way?: Sentence };

const way = (key: string, values: Sentence['values'] = {}): Sentence => ({ key, values });
const part = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined);

/** What each check of the decision means, by its name. */
const READERS: Readonly<Record<string, Reader>> = {
  rate_limit: ({ needs }) => ({
    way: seen(needs).kind === 'instant' ? way('locked', { until: seen(needs) }) : way('guesses'),
  }),
  'code.known': () => ({ way: way('unknownCode') }),
  'code.state': ({ saw }) => ({ saw: as('state', saw), way: way(`codeState.${saw}`) }),
  'code.starts_at': ({ needs }) => ({ way: way('codeStarts', { at: seen(needs) }) }),
  'code.ends_at': ({ needs }) => ({ way: way('codeEnded', { at: seen(needs) }) }),
  'campaign.status': ({ saw }) => ({
    saw: as('state', saw),
    way: way('campaignStatus', { status: as('state', saw) }),
  }),
  'campaign.window': ({ needs }) => ({
    way: way('window', { from: seen(part(needs, 'from')), to: seen(part(needs, 'to')) }),
  }),
  'campaign.week': ({ saw, needs }) => ({ saw: clock(saw), way: way('week', { times: times(needs) }) }),
  'player.currency': ({ needs }) => ({
    way: Array.isArray(needs) ? way('oneOf', { list: seen(needs) }) : way('currencyOfOffer'),
  }),
  'player.country': ({ needs }) => ({ way: way('oneOf', { list: seen(needs) }) }),
  'player.jurisdiction': ({ needs }) => ({ way: way('law', { needs: seen(needs) }) }),
  'player.self_exclusion': () => ({ way: way('selfExclusion') }),
  'player.bonus_block': () => ({ way: way('bonusBlock') }),
  'player.age': ({ needs }) => ({ way: way('age', { least: seen(needs) }) }),
  'player.kyc_status': () => ({ way: way('identity') }),
  'audience.rule': () => ({ saw: NOTHING }),
  'traffic.source': ({ needs }) => ({ way: way('traffic', { parts: seen(needs) }) }),
  'code.holder': () => ({ saw: NOTHING, way: way('holder') }),
  'player.open_bonus': ({ saw }) => ({
    saw: as('campaign', saw ?? undefined),
    way: way('openBonus'),
  }),
  // What was found stands below it, in words.
  risk: () => ({ saw: NOTHING }),
  'campaign.budget': ({ saw, needs }) => ({ saw: money(saw), way: way('budget', { needed: money(needs) }) }),
};

function readLimit({ check, saw, needs }: Check): Reading {
  const [, scope = '', period] = check.split('.');
  const uses: Seen = typeof saw === 'number' ? { kind: 'uses', number: saw } : seen(saw);
  const counted: Reading = { title: 'limit', scope, period, saw: uses };
  if (saw === null) return { ...counted, way: way('notCounted') };
  return { ...counted, way: way(period === undefined ? 'limit' : 'limitPeriod', { most: seen(needs) }) };
}

/** What a check was about, what it saw, and what it would take to pass. */
export function readCheck(check: Check): Reading {
  const { way: found, ...reading } = readWhole(check);
  return check.ok || found === undefined ? reading : { ...reading, way: found };
}

function readWhole(check: Check): Reading {
  if (check.check.startsWith('limit.')) return readLimit(check);
  const read = READERS[check.check];
  const title = check.check.replaceAll('.', '_');
  if (read) return { title, saw: seen(check.saw), ...read(check) };
  return {
    title,
    saw: seen(check.saw),
    ...(check.needs === undefined ? {} : { way: way('other', { needs: seen(check.needs) }) }),
  };
}

const text = (of: string): Seen => ({ kind: 'text', text: of });

/** The brand's wall clock: a weekday and a time. */
function clock(saw: unknown): Seen {
  const weekday = part(saw, 'weekday');
  const minute = part(saw, 'minuteOfDay');
  if (typeof weekday !== 'number' || typeof minute !== 'number') return seen(saw);
  const two = (number: number) => String(number).padStart(2, '0');
  return {
    kind: 'fields',
    of: [
      ['weekday', { kind: 'number', number: weekday }],
      ['time', text(`${two(Math.floor(minute / 60))}:${two(minute % 60)}`)],
    ],
  };
}

function times(needs: unknown): Seen {
  const weekdays = part(needs, 'weekdays');
  const hours = part(needs, 'hours');
  const spans = Array.isArray(hours)
    ? hours.map((hour) => text(`${part(hour, 'from')}–${part(hour, 'to')}`))
    : [];
  return {
    kind: 'fields',
    of: [
      ...(Array.isArray(weekdays) ? [['weekdays', seen(weekdays)] as const] : []),
      ...(spans.length > 0 ? [['hours', { kind: 'list', of: spans } as const] as const] : []),
    ],
  };
}
