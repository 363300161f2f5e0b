import type { EventType } from '@promosmith/contract';
import type { FoundEvent } from '../../events/index.ts';
import { idBeside, type Profile } from './profile.ts';

/** What is counted. Each measure is told of in docs/guides/analytics.md. */
export type Measure =
  | 'distributed'
  | 'shown'
  | 'accepted'
  | 'refused'
  | 'lapsed'
  | 'reversed'
  | 'granted'
  | 'paid_out'
  | 'wagered'
  | 'converted'
  | 'cash'
  | 'broken'
  | 'deposited'
  | 'staked'
  | 'won';

/** A number that something adds to. */
export interface Fact {
  /** When it happened: milliseconds since 1970. */
  readonly at: number;
  /** null: of no campaign. */
  readonly campaignId: string | null;
  readonly measure: Measure;
  /** A finer word: the key of a refusal, the kind of a bonus. */
  readonly detail: string;
  /** Empty where no money is counted. */
  readonly currency: string;
  /** Below 0 where something counted before is taken back. */
  readonly count: number;
  /** Minor units. */
  readonly amount: bigint;
}

/** A fact with whoever it happened to; null where nothing is known of that. */
export interface ProfiledFact extends Fact {
  readonly profile: Profile | null;
}

/** How it is found out who it happened to. */
export type Origin =
  | { readonly kind: 'try'; readonly activationId: string; readonly channel: string }
  | { readonly kind: 'activation'; readonly activationId: string }
  | { readonly kind: 'grant'; readonly grantId: string }
  | { readonly kind: 'code'; readonly codeId: string; readonly batchId: string | null }
  /** The campaign is that of the codes the message carried. */
  | { readonly kind: 'message'; readonly messageIds: readonly string[] };

/** A fact as an event tells of it. */
export interface Occurrence extends Fact {
  /** Of its row: that of the event, or of the try. */
  readonly factId: string;
  /** The platform's own id. */
  readonly player: string;
  readonly origin: Origin;
  /** What it is about: an activation, a bonus, a code or a message. */
  readonly about: string | null;
}

type Counted = Pick<FoundEvent, 'id' | 'type' | 'time' | 'sequence' | 'data'>;

/** What an event of a type adds to; nothing where `undefined`. */
const MEASURES: Partial<Record<EventType, (event: Counted, paidAsBonus: ReadonlySet<string>) => Told>> = {
  'code.distributed': () => ({ measure: 'distributed' }),
  'message.shown': () => ({ measure: 'shown' }),
  'code.activated': ({ data }) => ({ measure: 'accepted', detail: text(data.outcome) }),
  'activation.refused': ({ data }) => ({ measure: 'refused', detail: text(data.key) }),
  'activation.lapsed': () => ({ measure: 'lapsed' }),
  'activation.reversed': () => ({ measure: 'reversed' }),
  // What cashback and free spins pay as a bonus is a bonus of its own, of a bonus counted before.
  'bonus.granted': ({ data }) => ({
    measure: text(data.parentGrantId) === '' ? 'granted' : 'paid_out',
    detail: text(data.kind),
    money: data.amount ?? 0,
  }),
  'wagering.completed': () => ({ measure: 'wagered' }),
  'bonus.converted': ({ data }) => ({
    measure: 'converted',
    money: data.amount,
    isNothing: data.amount === 0,
  }),
  'freespins.finished': spins,
  'freespins.cancelled': spins,
  'cashback.settled': (event, paidAsBonus) => ({
    measure: 'cash',
    detail: 'cashback',
    money: event.data.amount,
    isNothing: event.data.state !== 'paid' || paidAsBonus.has(bonusIn(event, event.data.grantId)),
  }),
  'bonus.lost': broken('lost'),
  'bonus.expired': broken('expired'),
  'bonus.forfeited': broken('forfeited'),
  'bonus.cancelled': broken('cancelled'),
  'bonus.reinstated': ({ data }) => ({
    ...{ measure: 'broken', detail: 'reinstated', money: data.balance, isTakenBack: true },
    isNothing: !data.balance,
  }),
};

interface Told {
  readonly measure: Measure;
  readonly detail?: string;
  /** Minor units of the event's currency. */
  readonly money?: unknown;
  readonly isNothing?: boolean;
  readonly isTakenBack?: boolean;
}

function spins({ data }: Counted): Told {
  const isNothing = data.paidAs !== 'cash' || !data.credited;
  return { measure: 'cash', detail: 'free_spins', money: data.credited, isNothing };
}

/** What a wallet's bonus still held when it ended. Of those that no wallet holds there is nothing left. */
function broken(detail: string): (event: Counted) => Told {
  return ({ data }) => ({
    ...{ measure: 'broken', detail, money: data.amount },
    isNothing: data.at === undefined || !data.amount,
  });
}

/** Types of events that anything is counted of. */
export const COUNTED_TYPES: ReadonlySet<EventType> = new Set(Object.keys(MEASURES) as EventType[]);

/** What events add to. Those of one row of the feed must be among them all or not at all. */
export function factsOf(events: readonly Counted[]): Occurrence[] {
  const paidAsBonus = new Set(
    events.flatMap((event) =>
      event.type === 'bonus.granted' && event.data.source === 'cashback'
        ? [bonusIn(event, event.data.parentGrantId)]
        : [],
    ),
  );
  return events.flatMap((event) => {
    const told = MEASURES[event.type]?.(event, paidAsBonus);
    if (!told) return [];
    const fact = told.isNothing ? [] : [occurrence(event, told)];
    return event.type === 'bonus.converted' ? [...fact, ...cappedIn(event)] : fact;
  });
}

/** What a bonus held beyond what became real money. */
function cappedIn(event: Counted): Occurrence[] {
  if (!event.data.removed) return [];
  const capped = occurrence(event, { measure: 'broken', detail: 'capped', money: event.data.removed });
  return [{ ...capped, factId: idBeside(capped.factId, 'capped') }];
}

function occurrence({ id, type, time, data }: Counted, told: Told): Occurrence {
  const hasMoney = told.money !== undefined;
  const sign = told.isTakenBack ? -1 : 1;
  const origin = originOf(type, data);
  return {
    // By the wallet's clock where it tells one: what came late is counted where it belongs.
    at: Date.parse(typeof data.at === 'string' ? data.at : time),
    campaignId: typeof data.campaignId === 'string' ? data.campaignId : null,
    measure: told.measure,
    detail: told.detail ?? '',
    currency: hasMoney ? text(data.currency) : '',
    count: sign,
    amount: hasMoney ? BigInt(sign) * minorUnits(told.money) : 0n,
    factId: origin.kind === 'try' && origin.activationId !== '' ? origin.activationId : id,
    player: text(data.player),
    origin,
    about: text(data.grantId ?? data.activationId ?? data.codeId ?? data.messageId) || null,
  };
}

function originOf(type: EventType, data: Counted['data']): Origin {
  const activationId = text(data.activationId);
  if (type === 'code.activated' || type === 'activation.refused')
    return { kind: 'try', activationId, channel: text(data.channel) };
  if (type === 'code.distributed')
    return { kind: 'code', codeId: text(data.codeId), batchId: text(data.batchId) || null };
  if (type === 'message.shown')
    return { kind: 'message', messageIds: [text(data.messageId), text(data.resendOf)].filter(Boolean) };
  return activationId === ''
    ? { kind: 'grant', grantId: text(data.grantId) }
    : { kind: 'activation', activationId };
}

/** Names a bonus in one row of the feed: a settlement and the bonus it is paid as are published together. */
const bonusIn = ({ sequence }: Counted, grantId: unknown): string =>
  `${sequence.slice(0, sequence.indexOf('.'))} ${text(grantId)}`;

/** Empty for what an event does not tell. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const minorUnits = (value: unknown): bigint => (Number.isSafeInteger(value) ? BigInt(value as number) : 0n);
