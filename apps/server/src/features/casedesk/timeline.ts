import type { CaseTimeline } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

const MOST = 50;
const MOST_BETS = 5_000;

const iso = <Row extends { at: Date }>(rows: readonly Row[]): (Omit<Row, 'at'> & { at: string })[] =>
  rows.map((row) => ({ ...row, at: row.at.toISOString() })).reverse();

/** What is on record of a player: one bounded query for each sort of thing, one after another. */
export async function readTimeline(db: Queryable, playerId: string): Promise<CaseTimeline> {
  const rowsOf = async <Row extends object>(sql: string): Promise<Row[]> =>
    (await db.query<Row>(sql, [playerId])).rows;

  const attempts = await rowsOf<Dated<CaseTimeline['attempts'][number]>>(
    `select activation_id as "activationId", created_at as at, outcome, refusal_key as "refusalKey", code_shown as code,
       campaign_id as "campaignId"
     from activations where player_id = $1 order by activation_id desc limit ${MOST}`,
  );
  const money = await rowsOf<Dated<CaseTimeline['money'][number]>>(
    `select time as at, type, (data ->> 'amount')::bigint as amount, data ->> 'currency' as currency, data ->> 'method' as method
     from platform_events
     where player_id = $1
       and type in ('deposit.succeeded', 'deposit.reversed', 'withdrawal.requested', 'withdrawal.cancelled', 'withdrawal.paid')
     order by time desc limit ${MOST}`,
  );
  const bonuses = await rowsOf<Dated<CaseTimeline['bonuses'][number]>>(
    `select grant_id as "grantId", created_at as at, kind, status, amount, currency, activation_id as "activationId"
     from grants where player_id = $1 order by grant_id desc limit ${MOST}`,
  );
  const messages = await rowsOf<Dated<CaseTimeline['messages'][number]>>(
    `select message_id as "messageId", created_at as at, channel, state
     from messages where player_id = $1 order by changed_at desc limit ${MOST}`,
  );
  const bets = await rowsOf<CaseTimeline['bets'][number]>(
    `select category, currency, count(*)::int as bets, sum(stake)::bigint as staked, sum(win)::bigint as won,
       sum(bonus_stake)::bigint as "fromBonus"
     from (
       select category, currency, stake, win, bonus_stake from bets
       where player_id = $1 and at > now() - interval '30 days' and rolled_back_at is null order by at desc limit ${MOST_BETS}
     ) latest group by category, currency order by staked desc, category, currency`,
  );
  return {
    attempts: iso(attempts),
    money: iso(money),
    bonuses: iso(bonuses),
    messages: iso(messages),
    bets,
  };
}

type Dated<T extends { at: string }> = Omit<T, 'at'> & { at: Date };
