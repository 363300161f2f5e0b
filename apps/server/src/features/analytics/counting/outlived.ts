import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Occurrence } from './facts.ts';

/** A code that a message carries: the campaign it is of, and its batch. */
export interface Carried {
  readonly campaignId: string;
  readonly batch: string | null;
}

/** What was counted of messages before, for those that are deleted by now. */
export interface Outlived {
  /** By message. */
  readonly carried: ReadonlyMap<string, readonly Carried[]>;
  /** Label tags of what was sent before are counted: milliseconds since 1970. */
  readonly labelsFrom: number;
}

/** Nothing is counted anew: messages are there when they are counted for the first time. */
export const NOTHING_OUTLIVED: Outlived = { carried: new Map(), labelsFrom: Number.NEGATIVE_INFINITY };

/** What facts of messages shown are called while a brand is counted anew. */
const SHOWN_BEFORE = 'shown_before';

/** Lays aside which messages carried codes of which campaigns, before facts of a brand are forgotten. */
export async function layShownAside(tx: Queryable, brandId: string): Promise<void> {
  await tx.query(`update facts set measure = '${SHOWN_BEFORE}' where brand_id = $1 and measure = 'shown'`, [
    brandId,
  ]);
}

/** Facts that are not laid aside. */
export const NOT_ASIDE = `measure <> '${SHOWN_BEFORE}'`;

/** Takes what was laid aside of messages that are counted anew, once each. */
export async function takeShown(
  tx: Queryable,
  brandId: string,
  occurrences: readonly Occurrence[],
): Promise<Map<string, Carried[]>> {
  const shown = occurrences.flatMap(({ origin, player }) => {
    const [messageId = ''] = origin.kind === 'message' ? origin.messageIds : [];
    return messageId === '' ? [] : [{ messageId, playerId: playerId(brandId, player) }];
  });
  if (shown.length === 0) return new Map();
  const { rows } = await tx.query<Carried & { messageId: string }>(
    `with taken as (
       delete from facts f using (select distinct player, message from unnest($2::uuid[], $3::uuid[]) as t (player, message)) t
       where f.player_id = t.player and f.player_id = any($2::uuid[]) and f.about = t.message
         and f.measure = '${SHOWN_BEFORE}'
       returning f.about, f.campaign_id, f.profile_id
     )
     select distinct t.about as "messageId", t.campaign_id as "campaignId", p.batch_id as batch
     from taken t left join fact_profiles p on p.brand_id = $1 and p.profile_id = t.profile_id
     order by 1, 2`,
    [brandId, uuids(shown.map((one) => one.playerId)), uuids(shown.map(({ messageId }) => messageId))],
  );
  return Map.groupBy(rows, ({ messageId }) => messageId);
}

/** Forgets what is still laid aside once all is counted: the log does not tell of it. */
export async function forgetAside(tx: Queryable, brandId: string): Promise<void> {
  await tx.query(`delete from facts where brand_id = $1 and measure = '${SHOWN_BEFORE}'`, [brandId]);
}

/** A message that nothing can happen to any more, in the words of the index `messages_over`: it may be deleted. */
const OVER = `state <> 'prepared' and not (channel in ('popup', 'inbox') and state in ('sent', 'shown'))`;

/**
 * Forgets numbers of label tags that can be counted anew: of days so late that no message of theirs was deleted yet. Messages
 * are deleted in the order in which they were over, at the earliest after 30 days, and are sent before that or, if an attempt
 * takes long, little later. So what was sent after the oldest that is still there is there, however long messages were kept.
 *
 * Kept days are those of the clock that they were counted by, and an instant goes with them: whatever the clock is set to since,
 * each message is of a day that is kept or is counted anew, and not both. Neither ever goes back.
 * @returns from when on tags are counted: milliseconds since 1970.
 */
export async function forgetRecentLabels(tx: Queryable, brandId: string): Promise<number> {
  const { rows } = await tx.query<{ until: Date; day: string }>(
    `update rollup_feeds f
     set labels_kept_to = kept.day, labels_kept_until = (kept.day + 1)::timestamp at time zone f.breakdown_zone
     from (
       select greatest(
         (least(now() - interval '30 days', oldest.at + interval '1 day') at time zone breakdown_zone)::date,
         labels_kept_to,
         ((labels_kept_until - interval '1 millisecond') at time zone breakdown_zone)::date
       ) as day
       from rollup_feeds, (select min(expires_at) as at from messages where ${OVER}) oldest
       where brand_id = $1
     ) kept
     where f.brand_id = $1
     returning labels_kept_until as until, labels_kept_to::text as day`,
    [brandId],
  );
  const [kept] = rows;
  if (!kept) throw new Error(`The feed of ${brandId} is not held.`);
  await tx.query(`delete from outreach_days where brand_id = $1 and kind = 'label' and day > $2::date`, [
    brandId,
    kept.day,
  ]);
  return kept.until.getTime();
}
