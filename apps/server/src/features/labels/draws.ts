import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';

/** A message's need of a code, by the name of the label tag. */
export interface Draw {
  playerId: string;
  messageId: string;
  name: string;
  batchId: string;
}

const KEY = '(player_id, message_id, name)';

const columnsOf = (draws: readonly Draw[]) => [
  uuids(draws.map(({ playerId }) => playerId)),
  uuids(draws.map(({ messageId }) => messageId)),
  draws.map(({ name }) => name),
];

/**
 * Claims the draws: of two transactions that prepare one message the second waits for the first, and then finds its codes.
 * @returns the code of each draw that was made before, by `drawKey`.
 */
export async function claimDraws(tx: Queryable, draws: readonly Draw[]): Promise<Map<string, string>> {
  await tx.query(
    `insert into label_draws (player_id, message_id, name, batch_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[]) as draw ${KEY.replace(')', ', batch_id)')}
     order by player_id, message_id, name
     on conflict ${KEY} do nothing`,
    [...columnsOf(draws), uuids(draws.map(({ batchId }) => batchId))],
  );
  const { rows } = await tx.query<Draw & { codeKey: string }>(
    `select d.player_id as "playerId", d.message_id as "messageId", d.name, d.batch_id as "batchId", d.code_key as "codeKey"
     from label_draws d join unnest($1::uuid[], $2::uuid[], $3::text[]) as draw ${KEY} using ${KEY}
     where d.player_id = any($1::uuid[]) and d.code_key is not null`,
    columnsOf(draws),
  );
  return new Map(rows.map((row) => [drawKey(row), row.codeKey]));
}

export const drawKey = ({ messageId, name }: Pick<Draw, 'messageId' | 'name'>): string =>
  `${messageId} ${name}`;

/** Notes what was drawn. The caller has claimed the draws. */
export async function keepDraws(
  tx: Queryable,
  drawn: readonly (Draw & { codeKey: string })[],
): Promise<void> {
  await tx.query(
    `update label_draws d set code_key = draw.code_key, batch_id = draw.batch_id, drawn_at = now()
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[])
       as draw (player_id, message_id, name, batch_id, code_key)
     where d.player_id = draw.player_id and d.message_id = draw.message_id and d.name = draw.name
       and d.player_id = any($1::uuid[])`,
    [
      ...columnsOf(drawn),
      uuids(drawn.map(({ batchId }) => batchId)),
      uuids(drawn.map(({ codeKey }) => codeKey)),
    ],
  );
}

/** Forgets what was drawn for messages that are deleted. Whose the codes are stays with the codes. */
export async function forgetDraws(
  tx: Queryable,
  messages: readonly Pick<Draw, 'playerId' | 'messageId'>[],
): Promise<void> {
  if (messages.length === 0) return;
  await tx.query(
    `delete from label_draws where (player_id, message_id) in (select * from unnest($1::uuid[], $2::uuid[]))
       and player_id = any($1::uuid[])`,
    [uuids(messages.map(({ playerId }) => playerId)), uuids(messages.map(({ messageId }) => messageId))],
  );
}
