import type { EventType } from '@promosmith/contract';
import type { FoundEvent } from '../../events/index.ts';

/** What is counted. Each measure is told of in docs/guides/analytics.md. */
export type Measure =
  | 'distributed'
  | 'accepted'
  | 'refused'
  | 'lapsed'
  | 'reversed'
  | 'granted'
  | 'paid_out'
  | 'wagered'
  | 'converted'
  | 'cash'
  | 'deposited';

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

type Counted = Pick<FoundEvent, 'type' | 'time' | 'sequence' | 'data'>;

/** What an event of a type adds to; nothing where `undefined`. */
const MEASURES: Partial<Record<EventType, (event: Counted, paidAsBonus: ReadonlySet<string>) => Told>> = {
  'code.distributed': () => ({ measure: 'distributed' }),
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
};

interface Told {
  readonly measure: Measure;
  readonly detail?: string;
  /** Minor units of the event's currency. */
  readonly money?: unknown;
  readonly isNothing?: boolean;
}

function spins({ data }: Counted): Told {
  const isNothing = data.paidAs !== 'cash' || !data.credited;
  return { measure: 'cash', detail: 'free_spins', money: data.credited, isNothing };
}

/** Types of events that anything is counted of. */
export const COUNTED_TYPES: ReadonlySet<EventType> = new Set(Object.keys(MEASURES) as EventType[]);

/** What events add to. Those of one row of the feed must be among them all or not at all. */
export function factsOf(events: readonly Counted[]): Fact[] {
  const paidAsBonus = new Set(
    events.flatMap((event) =>
      event.type === 'bonus.granted' && event.data.source === 'cashback'
        ? [bonusIn(event, event.data.parentGrantId)]
        : [],
    ),
  );
  return events.flatMap((event) => {
    const told = MEASURES[event.type]?.(event, paidAsBonus);
    if (!told || told.isNothing) return [];
    const { time, data } = event;
    const hasMoney = told.money !== undefined;
    return [
      {
        // By the wallet's clock where it tells one: what came late is counted where it belongs.
        at: Date.parse(typeof data.at === 'string' ? data.at : time),
        campaignId: typeof data.campaignId === 'string' ? data.campaignId : null,
        measure: told.measure,
        detail: told.detail ?? '',
        currency: hasMoney ? text(data.currency) : '',
        count: 1,
        amount: hasMoney ? minorUnits(told.money) : 0n,
      },
    ];
  });
}

/** Names a bonus in one row of the feed: a settlement and the bonus it is paid as are published together. */
const bonusIn = ({ sequence }: Counted, grantId: unknown): string =>
  `${sequence.slice(0, sequence.indexOf('.'))} ${text(grantId)}`;

/** Empty for what an event does not tell. */
const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const minorUnits = (value: unknown): bigint => (Number.isSafeInteger(value) ? BigInt(value as number) : 0n);
