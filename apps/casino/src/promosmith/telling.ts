import { type Client, NoAnswerError, ProblemError } from '@promosmith/client';
import type { PlatformEventResult, PlatformEventType } from '@promosmith/contract';
import type { Store } from '../store.ts';

/** Something that happened here. */
export interface Happened {
  /** Our id of it: sent twice, it is applied once. */
  id: string;
  type: PlatformEventType | (string & {});
  player: string;
  data: Readonly<Record<string, unknown>>;
}

/** An event with what Promosmith said to it. */
export interface ToldEvent extends Happened {
  time: string;
  /** Undefined while it waits to be sent. */
  answer: PlatformEventResult | undefined;
}

interface ToldRow {
  event_id: string;
  player_id: string;
  type: string;
  time: string;
  data: string;
  answer: string | null;
}

const AT_ONCE = 100;
/** Statuses that say the request itself cannot be taken, whenever it is sent. */
const UNREADABLE = new Set([400, 413, 422]);
const SHOWN = 25;

const eventOf = (row: ToldRow): ToldEvent => ({
  id: row.event_id,
  player: row.player_id,
  type: row.type,
  time: row.time,
  data: JSON.parse(row.data),
  answer: row.answer === null ? undefined : JSON.parse(row.answer),
});

/** The page where visitors play the platform sends what they like: it is checked at the other end. */
const asSent = ({ answer: _, ...event }: ToldEvent) => event as SentEvent;
type SentEvent = Parameters<Client['sendEvents']>[0]['body']['events'][number];

export type Telling = ReturnType<typeof createTelling>;

/**
 * Tells Promosmith what happens here. An event is written down in the transaction of what happened, and sent until it
 * was answered: a crash in between loses nothing, and the event's id keeps a repetition from counting.
 */
export function createTelling(store: Store, promosmith: Client) {
  let sending: Promise<void> = Promise.resolve();

  async function sendWaiting(): Promise<void> {
    let most = AT_ONCE;
    for (;;) {
      const events = store
        .all<ToldRow>('select * from told_events where answer is null order by seq limit ?', most)
        .map(eventOf);
      if (events.length === 0) return;
      try {
        keep(events, (await promosmith.sendEvents({ body: { events: events.map(asSent) } })).results);
      } catch (error) {
        if (!(error instanceof ProblemError && UNREADABLE.has(error.status))) throw error;
        // One of them spoils the request for all: they go one by one, and that one is answered by the problem.
        const [only] = events;
        const reason = { key: error.key, message: error.message };
        if (events.length === 1 && only) keep(events, [{ status: 'rejected', id: only.id, reason }]);
        most = 1;
      }
    }
  }

  function keep(events: readonly ToldEvent[], results: readonly PlatformEventResult[]): void {
    store.together(() => {
      for (const [i, { player, id }] of events.entries())
        store.run(
          'update told_events set answer = ? where player_id = ? and event_id = ?',
          ...[JSON.stringify(results[i]), player, id],
        );
    });
  }

  const telling = {
    /** Writes an event down; call it in the transaction of what happened. One that is there already stays. */
    note({ id, type, player, data }: Happened): void {
      store.run(
        `insert into told_events (event_id, player_id, type, time, data) values (?, ?, ?, ?, ?)
         on conflict (player_id, event_id) do nothing`,
        ...[id, player, type, new Date().toISOString(), JSON.stringify(data)],
      );
    },

    /**
     * Sends what waits, in the order it happened.
     * @throws what the client throws; the events wait on.
     */
    send(): Promise<void> {
      sending = sending.then(sendWaiting, sendWaiting);
      return sending;
    },

    /** Sends what waits, for when nothing here depends on the answer: what cannot be sent now is sent later. */
    async trySending(): Promise<void> {
      try {
        await telling.send();
      } catch (error) {
        if (!(error instanceof NoAnswerError || error instanceof ProblemError)) throw error;
      }
    },

    /** Notes one event and sends it. @returns the answer. */
    async tell(event: Happened): Promise<PlatformEventResult | undefined> {
      telling.note(event);
      await telling.send();
      return telling.answerTo(event.player, event.id);
    },

    answerTo(player: string, id: string): PlatformEventResult | undefined {
      const row = store.one<ToldRow>(
        'select * from told_events where player_id = ? and event_id = ?',
        player,
        id,
      );
      return row && eventOf(row).answer;
    },

    /** The latest of a player, newest first. */
    latest: (player: string): ToldEvent[] =>
      store
        .all<ToldRow>(
          'select * from told_events where player_id = ? order by seq desc limit ?',
          player,
          SHOWN,
        )
        .map(eventOf),
  };
  return telling;
}
