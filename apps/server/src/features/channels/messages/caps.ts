import type { MessageChannel } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** The periods a message was counted in: their first days, for giving back. */
export type Counted = Readonly<Record<string, string>>;

interface Capped {
  readonly playerId: string;
  readonly channel: MessageChannel;
}

/**
 * Counts messages against the caps of their channels; a guard in the statement keeps each from being passed.
 * @returns for each, in order: the periods it was counted in, or null when a cap is reached.
 */
export async function takeCaps(
  tx: Queryable,
  brand: { readonly brandId: string; readonly timeZone: string },
  messages: readonly Capped[],
): Promise<(Counted | null)[]> {
  const { rows: caps } = await tx.query<{ channel: string; period: string; maximum: number }>(
    'select channel, period, maximum from channel_caps where brand_id = $1 order by channel, period',
    [brand.brandId],
  );
  const capsOf = Map.groupBy(caps, ({ channel }) => channel);
  const counted: (Counted | null)[] = messages.map(() => ({}));
  for (const round of rounds(messages, capsOf)) await takeRound(tx, brand, caps, messages, round, counted);
  const refused: (Capped & { counted: Counted })[] = [];
  for (const [n, message] of messages.entries()) {
    const wanted = capsOf.get(message.channel)?.length ?? 0;
    const taken = counted[n] ?? {};
    if (Object.keys(taken).length === wanted) continue;
    refused.push({ ...message, counted: taken });
    counted[n] = null;
  }
  await giveBackCaps(tx, refused);
  return counted;
}

/** Places of capped messages, in rounds that hold each player and channel once: a statement may change a row once. */
function rounds(messages: readonly Capped[], capsOf: ReadonlyMap<string, unknown>): number[][] {
  const seen = new Map<string, number>();
  const parts: number[][] = [];
  for (const [n, { playerId, channel }] of messages.entries()) {
    if (!capsOf.has(channel)) continue;
    const name = `${playerId} ${channel}`;
    const round = seen.get(name) ?? 0;
    seen.set(name, round + 1);
    parts[round] = [...(parts[round] ?? []), n];
  }
  return parts;
}

async function takeRound(
  tx: Queryable,
  brand: { readonly timeZone: string },
  caps: readonly { channel: string; period: string; maximum: number }[],
  messages: readonly Capped[],
  round: readonly number[],
  counted: (Counted | null)[],
): Promise<void> {
  const { rows } = await tx.query<{ playerId: string; channel: string; period: string; startsOn: string }>(
    `with caps as (
       select * from unnest($3::text[], $4::text[], $5::int[]) as cap (channel, period, maximum) where maximum > 0
     )
     insert into message_counters as c (player_id, channel, period, starts_on, used)
     select asked.player_id, asked.channel, caps.period, date_trunc(caps.period, now() at time zone $6)::date, 1
     from unnest($1::uuid[], $2::text[]) as asked (player_id, channel) join caps using (channel)
     order by 1, 2, 3
     on conflict (player_id, channel, period, starts_on) do update set used = c.used + 1
       where c.used + 1 <= (select maximum from unnest($3::text[], $4::text[], $5::int[]) as cap (channel, period, maximum)
                            where cap.channel = c.channel and cap.period = c.period)
     returning player_id as "playerId", channel, period, starts_on::text as "startsOn"`,
    [
      round.map((n) => messages[n]?.playerId),
      round.map((n) => messages[n]?.channel),
      caps.map(({ channel }) => channel),
      caps.map(({ period }) => period),
      caps.map(({ maximum }) => maximum),
      brand.timeZone,
    ],
  );
  const places = new Map(round.map((n) => [`${messages[n]?.playerId} ${messages[n]?.channel}`, n]));
  for (const { playerId, channel, period, startsOn } of rows) {
    const n = places.get(`${playerId} ${channel}`);
    if (n !== undefined) counted[n] = { ...counted[n], [period]: startsOn };
  }
}

/** Gives the uses of messages back that were never sent. Call it last in a transaction: see the lock order. */
export async function giveBackCaps(
  tx: Queryable,
  messages: readonly (Capped & { readonly counted: Counted })[],
): Promise<void> {
  const rows = messages.flatMap(({ playerId, channel, counted }) =>
    Object.entries(counted).map(([period, startsOn]) => ({ playerId, channel, period, startsOn })),
  );
  if (rows.length === 0) return;
  await tx.query(
    `update message_counters as c set used = c.used - given.uses
     from (
       select player_id, channel, period, starts_on, count(*)::int as uses
       from unnest($1::uuid[], $2::text[], $3::text[], $4::date[]) as one (player_id, channel, period, starts_on)
       group by 1, 2, 3, 4
     ) as given
     where c.player_id = given.player_id and c.channel = given.channel and c.period = given.period
       and c.starts_on = given.starts_on and c.used >= given.uses`,
    [
      rows.map(({ playerId }) => playerId),
      rows.map(({ channel }) => channel),
      rows.map(({ period }) => period),
      rows.map(({ startsOn }) => startsOn),
    ],
  );
}
