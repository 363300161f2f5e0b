import { createHmac, randomInt, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { STUDIO_PATH } from '../promosmith/connect.ts';
import type { Store } from '../store.ts';
import { REELS, type SlotOutcome, spin, wonBy } from './slot.ts';

/** Rounds that the house pays for, as Promosmith ordered them. Cents. */
export interface FreeSpins {
  issueId: string;
  count: number;
  spinValue: number;
  played: number;
  won: number;
  validUntil: string;
}

interface SpinsRow {
  issue_id: string;
  player_id: string;
  count: number;
  spin_value: number;
  valid_until: string;
  played: number;
  won: number;
  ended_as: 'played' | 'canceled' | 'expired' | null;
}

/** How the two sides know each other. */
export interface StudioLink {
  secret: string;
  callbackUrl: string;
}

const Order = z.object({
  issue_id: z.string().min(1),
  freespins_quantity: z.int().min(1),
  bet_level: z.int().min(1),
  valid_until: z.iso.datetime({ offset: true }),
  user: z.object({ id: z.string().min(1) }),
});
const Cancelling = z.object({ issue_id: z.string().min(1) });

const ANSWER_WITHIN_MS = 10_000;

export type Studio = ReturnType<typeof createStudio>;

/**
 * The game studio's side of free spins, in the shape `hmac256`: Promosmith orders and cancels them here, and is told
 * when they are over and what they won. A real studio is another company; here it is the casino itself.
 */
export function createStudio(store: Store, link: () => StudioLink) {
  const sign = (body: string | Buffer) => createHmac('sha256', link().secret).update(body).digest('hex');

  function isSigned({ headers, body }: FastifyRequest): boolean {
    const given = Buffer.from(String(headers['x-request-sign'] ?? ''));
    const expected = Buffer.from(sign(body as Buffer));
    return given.length === expected.length && timingSafeEqual(given, expected);
  }

  const end = (issueId: string, as: NonNullable<SpinsRow['ended_as']>) =>
    store.run('update free_spins set ended_as = ? where issue_id = ? and ended_as is null', as, issueId);

  const open = (player: string): SpinsRow | undefined =>
    store.one<SpinsRow>(
      `select * from free_spins where player_id = ? and ended_as is null and valid_until > ?
       order by valid_until limit 1`,
      player,
      new Date().toISOString(),
    );

  async function tellEnd(row: SpinsRow): Promise<void> {
    const body = JSON.stringify({
      issue_id: row.issue_id,
      status: row.ended_as,
      total_amount: row.won,
      spins_played: row.played,
      user_id: row.player_id,
      currency: 'EUR',
    });
    const answer = await fetch(link().callbackUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-sign': sign(body) },
      body,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
    if (!answer.ok) throw new Error(`the end of free spins was answered with ${answer.status}`);
    store.run('update free_spins set told = 1 where issue_id = ?', row.issue_id);
  }

  return {
    mount(http: FastifyInstance): void {
      http.register(async (scope) => {
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
        scope.addHook('preHandler', async (request, reply) => {
          if (!isSigned(request)) return reply.status(401).send({ error: 'the signature is wrong' });
        });

        scope.post(`${STUDIO_PATH}/freespins/issue`, async ({ body }, reply) => {
          const order = Order.safeParse(JSON.parse(String(body)));
          if (!order.success) return reply.status(422).send({ error: z.prettifyError(order.error) });
          const { issue_id, freespins_quantity, bet_level, valid_until, user } = order.data;
          // The order's id is ours, too: ordered again, it is the same one.
          store.run(
            `insert into free_spins (issue_id, player_id, count, spin_value, valid_until) values (?, ?, ?, ?, ?)
             on conflict (issue_id) do nothing`,
            ...[issue_id, user.id, freespins_quantity, bet_level, new Date(valid_until).toISOString()],
          );
          return { id: issue_id };
        });

        scope.post(`${STUDIO_PATH}/freespins/cancel`, async ({ body }, reply) => {
          const asked = Cancelling.safeParse(JSON.parse(String(body)));
          if (!asked.success) return reply.status(422).send({ error: z.prettifyError(asked.error) });
          end(asked.data.issue_id, 'canceled');
          return { id: asked.data.issue_id };
        });
      });
    },

    /** The player's free spins that end first; undefined when there are none to be played. */
    of(player: string): FreeSpins | undefined {
      const row = open(player);
      return (
        row && {
          issueId: row.issue_id,
          count: row.count,
          spinValue: row.spin_value,
          played: row.played,
          won: row.won,
          validUntil: row.valid_until,
        }
      );
    },

    /** Plays one. @returns undefined when none is left. */
    play(player: string): { outcome: SlotOutcome; win: number; left: number } | undefined {
      return store.together(() => {
        const row = open(player);
        if (!row) return undefined;
        const outcome = spin(
          REELS.map((reel) => randomInt(reel.length)),
          row.spin_value,
        );
        const win = wonBy(outcome);
        const left = row.count - row.played - 1;
        store.run(
          'update free_spins set played = played + 1, won = won + ? where issue_id = ?',
          win,
          row.issue_id,
        );
        if (left === 0) end(row.issue_id, 'played');
        return { outcome, win, left };
      });
    },

    /** Tells Promosmith of all that are over; what fails is told at the next call. */
    async tellEnds(): Promise<void> {
      store.run(
        `update free_spins set ended_as = 'expired' where ended_as is null and valid_until <= ?`,
        new Date().toISOString(),
      );
      const over = store.all<SpinsRow>('select * from free_spins where ended_as is not null and told = 0');
      for (const row of over) await tellEnd(row);
    },
  };
}
