import { type ReceivedHeaders, verifyWebhook, WebhookVerificationError } from '@promosmith/client';
import type { FastifyInstance } from 'fastify';
import type { Store } from '../store.ts';
import { WEBHOOK_PATH } from './connect.ts';

/** What Promosmith told us. */
export interface Received {
  id: string;
  type: string;
  receivedAt: string;
  data: unknown;
}

const SHOWN = 25;

export type Webhooks = ReturnType<typeof createWebhooks>;

export function createWebhooks(store: Store, secretOf: () => string) {
  function keep(body: Buffer, headers: ReceivedHeaders): void {
    const event = verifyWebhook(body, headers, secretOf());
    const { player } = event.data;
    // The same message may come twice: its id is the key.
    store.run(
      `insert into received_events (event_id, type, player_id, sequence, body, received_at) values (?, ?, ?, ?, ?, ?)
       on conflict (event_id) do nothing`,
      ...[event.id, event.type, typeof player === 'string' ? player : null, event.sequence],
      ...[JSON.stringify(event.data), new Date().toISOString()],
    );
  }

  return {
    mount(http: FastifyInstance): void {
      http.register(async (scope) => {
        // The signature is over the bytes as they came.
        scope.removeAllContentTypeParsers();
        scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
        scope.post<{ Body: Buffer }>(WEBHOOK_PATH, async ({ body, headers }, reply) => {
          try {
            keep(body, headers);
          } catch (error) {
            if (!(error instanceof WebhookVerificationError)) throw error;
            return reply.status(401).type('text/plain').send(error.message);
          }
          return reply.status(204).send();
        });
      });
    },

    /** The latest about a player, newest first. */
    latest: (player: string): Received[] =>
      store
        .all<{ event_id: string; type: string; received_at: string; body: string }>(
          'select * from received_events where player_id = ? order by sequence desc limit ?',
          player,
          SHOWN,
        )
        .map((row) => ({
          id: row.event_id,
          type: row.type,
          receivedAt: row.received_at,
          data: JSON.parse(row.body),
        })),
  };
}
