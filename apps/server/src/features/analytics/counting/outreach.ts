import type { EventType } from '@promosmith/contract';
import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Statement } from '../../../platform/sending.ts';
import type { FoundEvent } from '../../events/index.ts';

/** What is counted of messages, beside the word for it in their events. */
export const MESSAGE_MEASURES = [
  'sent',
  'shown',
  'clicked',
  'dismissed',
  'failed',
  'suppressed',
  'expired',
] as const;
export type MessageMeasure = (typeof MESSAGE_MEASURES)[number];

const MESSAGE_TYPES: ReadonlyMap<string, MessageMeasure> = new Map(
  MESSAGE_MEASURES.map((measure) => [`message.${measure}`, measure]),
);

/** Types of events that tell of messages and journeys. */
export const OUTREACH_TYPES: ReadonlySet<EventType> = new Set<EventType>([
  ...MESSAGE_MEASURES.map((measure) => `message.${measure}` as const),
  ...(['journey.enrolled', 'journey.completed', 'journey.exited'] as const),
]);

/** A number that something adds to. */
interface Told {
  readonly kind: 'content' | 'journey' | 'label';
  readonly subject: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly detail: string;
  readonly measure: string;
}

/**
 * What adds events to the numbers of messages and journeys, of a brand whose feed is held.
 * @param labelsFrom label tags of what was sent before are counted: milliseconds since 1970.
 */
export async function countingOutreach(
  tx: Queryable,
  brandId: string,
  events: readonly FoundEvent[],
  labelsFrom: number,
): Promise<Statement[]> {
  const labelled = events.filter(({ time }) => Date.parse(time) >= labelsFrom);
  const told = [...events.flatMap(toldBy), ...(await labelsIn(tx, brandId, labelled))];
  if (told.length === 0) return [];
  return [
    {
      name: 'analytics.outreach',
      text: `insert into outreach_days as r (brand_id, kind, subject, day, detail, measure, count)
        select $1::uuid, kind, subject, (at at time zone f.breakdown_zone)::date, detail, measure, sum(count)
        from unnest($2::text[], $3::text[], $4::timestamptz[], $5::text[], $6::text[], $7::bigint[])
          as t (kind, subject, at, detail, measure, count), rollup_feeds f
        where f.brand_id = $1
        group by 2, 3, 4, 5, 6 order by 2, 4, 3, 5, 6
        on conflict (brand_id, kind, day, subject, detail, measure) do update set count = r.count + excluded.count`,
      values: [
        brandId,
        texts(told.map(({ kind }) => kind)),
        texts(told.map(({ subject }) => subject)),
        instants(told.map(({ at }) => at)),
        texts(told.map(({ detail }) => detail)),
        texts(told.map(({ measure }) => measure)),
        int8s(told.map(() => 1)),
      ],
    },
  ];
}

/** What an event adds to. A message of a journey is counted of both. */
function toldBy({ type, time, data }: FoundEvent): Told[] {
  const at = Date.parse(time);
  const journeyId = text(data.journeyId);
  const ofJourney = (measure: string): Told[] =>
    journeyId === '' ? [] : [{ kind: 'journey', subject: journeyId, at, detail: '', measure }];
  if (type === 'journey.enrolled') return ofJourney(data.control === true ? 'control' : 'entered');
  if (type === 'journey.completed') return ofJourney('completed');
  if (type === 'journey.exited') return ofJourney('exited');
  const measure = MESSAGE_TYPES.get(type);
  const contentId = text(data.contentId);
  if (measure === undefined || contentId === '') return [];
  const ofContent: Told = { kind: 'content', subject: contentId, at, detail: text(data.channel), measure };
  return [ofContent, ...ofJourney(measure)];
}

/**
 * So many characters of a text are told. It is part of a key, and PostgreSQL takes none of more than 2,704 bytes: at four
 * bytes a character, there is room for the rest.
 */
export const LONGEST_TEXT = 300;

/** The text of a tag as it is told: a longer one by its beginning. */
const TEXT = `case when length(used.value) > ${LONGEST_TEXT} then left(used.value, ${LONGEST_TEXT}) || '…' else used.value end`;

interface LabelRow {
  messageId: string;
  name: string;
  value: string | null;
}

/**
 * The tags of messages that were sent. What a static tag stood for is told; what a function made, or a code, is a player's
 * own, and only that there was one.
 */
async function labelsIn(tx: Queryable, brandId: string, events: readonly FoundEvent[]): Promise<Told[]> {
  const sent = events.flatMap(({ type, time, data }) => {
    const messageId = text(data.messageId);
    return type === 'message.sent' && messageId !== ''
      ? [{ messageId, at: Date.parse(time), playerId: playerId(brandId, text(data.player)) }]
      : [];
  });
  if (sent.length === 0) return [];
  const { rows } = await tx.query<LabelRow>({
    name: 'analytics.labels',
    text: `select m.message_id as "messageId", used.name, case when l.kind = 'text' then ${TEXT} end as value
      from unnest($2::uuid[], $3::uuid[]) as t (player, message)
      cross join lateral (select message_id, labels from messages m
        where m.player_id = t.player and m.message_id = t.message offset 0) m
      cross join lateral jsonb_each_text(m.labels) used (name, value)
      left join labels l on l.brand_id = $1 and l.name = used.name collate "C"`,
    values: [brandId, uuids(sent.map((one) => one.playerId)), uuids(sent.map(({ messageId }) => messageId))],
  });
  const sentAt = new Map(sent.map(({ messageId, at }) => [messageId, at]));
  return rows.flatMap(({ messageId, name, value }) => {
    const at = sentAt.get(messageId);
    if (at === undefined) return [];
    return [{ kind: 'label', subject: name, at, detail: value === null ? '' : `=${value}`, measure: 'sent' }];
  });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
