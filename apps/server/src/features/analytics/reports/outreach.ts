import type {
  ContentPerformance,
  JourneyPerformance,
  LabelPerformance,
  MessageChannel,
} from '@promosmith/contract';
import { rateOf } from '@promosmith/core/performance';
import type { Queryable } from '../../../platform/db.ts';
import { MESSAGE_MEASURES, type MessageMeasure } from '../counting/outreach.ts';
import type { Period } from './period.ts';

const MOST_ITEMS = 200;
const MOST_VALUES = 50;

/** Counts of a period by measure. */
type Counts = Readonly<Record<string, number>>;

type Outcomes = Record<MessageMeasure, number> & { shownRate: number | null; clickRate: number | null };

/** Shown of what was sent, clicked of what was shown: where nobody says what is shown, of what was sent. */
function outcomesOf(counts: Counts): Outcomes {
  const numbers = Object.fromEntries(
    MESSAGE_MEASURES.map((measure) => [measure, counts[measure] ?? 0]),
  ) as Record<MessageMeasure, number>;
  const { sent, shown, clicked } = numbers;
  return { ...numbers, shownRate: share(shown, sent), clickRate: share(clicked, shown === 0 ? sent : shown) };
}

function share(part: number, whole: number): number | null {
  const rate = rateOf(BigInt(part), BigInt(whole));
  return rate === null ? null : Number(rate);
}

/** What became of messages, by content and channel. */
export async function readMessages(
  db: Queryable,
  brandId: string,
  period: Period,
): Promise<ContentPerformance[]> {
  const { rows } = await db.query<{
    contentId: string;
    name: string;
    channel: MessageChannel;
    counts: Counts;
  }>(
    `select n.subject as "contentId", c.name, n.detail as channel, n.counts
     from (${COUNTED}) n left join content_items c on c.content_id = n.subject::uuid and c.brand_id = $1
     order by n.total desc, n.subject, n.detail limit ${MOST_ITEMS}`,
    [brandId, 'content', period.from, period.to],
  );
  return rows.map(({ counts, ...content }) => ({ ...content, ...outcomesOf(counts) }));
}

/** Who entered journeys, and what became of their messages. */
export async function readJourneys(
  db: Queryable,
  brandId: string,
  period: Period,
): Promise<JourneyPerformance[]> {
  const { rows } = await db.query<{ journeyId: string; name: string; status: string; counts: Counts }>(
    `select j.journey_id as "journeyId", j.name, j.status, n.counts
     from (${COUNTED}) n join journeys j on j.journey_id = n.subject::uuid and j.brand_id = $1
     order by n.total desc, j.journey_id limit ${MOST_ITEMS}`,
    [brandId, 'journey', period.from, period.to],
  );
  return rows.map(({ counts, ...journey }) => {
    const { entered = 0, control = 0, completed = 0, exited = 0 } = counts;
    return { ...journey, entered, control, completed, exited, ...outcomesOf(counts) };
  });
}

/** The counts of a kind in a period, by subject and detail. */
const COUNTED = `
  select subject, detail, jsonb_object_agg(measure, count) as counts, sum(count) as total from (
    select subject, detail, measure, sum(count)::bigint as count from outreach_days
    where brand_id = $1 and kind = $2 and day between $3::date and $4::date group by 1, 2, 3
  ) counted group by 1, 2`;

/** What label tags stood for. */
export async function readLabels(
  db: Queryable,
  brandId: string,
  period: Period,
): Promise<LabelPerformance[]> {
  const { rows } = await db.query<{
    name: string;
    kind: LabelPerformance['kind'];
    sent: number;
    values: LabelPerformance['values'];
  }>(
    `select n.subject as name, l.kind, n.sent, coalesce(n.values, '[]') as values
     from (
       select subject, sum(count)::bigint as sent,
         json_agg(json_build_object('value', substr(detail, 2), 'sent', count) order by count desc, detail)
           filter (where detail <> '' and place <= ${MOST_VALUES}) as values
       from (
         select subject, detail, sum(count)::bigint as count,
           row_number() over (partition by subject order by sum(count) desc, detail) as place
         from outreach_days where brand_id = $1 and kind = 'label' and day between $2::date and $3::date group by 1, 2
       ) counted group by 1
     ) n left join labels l on l.brand_id = $1 and l.name = n.subject collate "C"
     order by n.sent desc, n.subject limit ${MOST_ITEMS}`,
    [brandId, period.from, period.to],
  );
  return rows;
}
