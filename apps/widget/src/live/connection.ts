import type { Answer, Api, Refusal } from '../api/api.ts';
import type { Session } from '../api/session.ts';
import { backoffMs } from './backoff.ts';
import type { Messages } from './messages.ts';
import { pause } from './pause.ts';
import { createStreamParser } from './sse.ts';

/** The server's heartbeat comes every 25 seconds. */
const SILENCE_MS = 60_000;
/** A tab nobody looks at shows nothing, and browsers allow few connections. */
const HIDDEN_MS = 10_000;

/**
 * Keeps up with the player's messages: one stream while the page is looked at, taken up where it stopped.
 * @param onNew told of messages that came while the page was open.
 */
export function keepUp(
  api: Api,
  session: Session,
  messages: Messages,
  onNew: (message: { id: string; channel: string }) => void,
): void {
  let cursor: string | undefined;
  let running: AbortController | undefined;
  let waiting: AbortController | undefined;
  let hiding: ReturnType<typeof setTimeout> | undefined;

  const refused = ({ key, retryAfterMs }: Refusal): number => {
    // Nobody to listen for, until the page says otherwise or is looked at again.
    if (key === 'signed_out') stop();
    return retryAfterMs;
  };

  /** @returns how long to wait before the next try; undefined after a stream that was open. */
  async function once(signal: AbortSignal): Promise<number | undefined> {
    if (cursor === undefined) {
      const waits = await api.call('GET /v1/me/messages', { signal });
      if (signal.aborted) return 0;
      if (!waits.ok) return refused(waits.refusal);
      messages.replace([...waits.value.popups, ...waits.value.inbox]);
      ({ cursor } = waits.value);
    }
    // One of its own, so that silence ends the stream and not the wish for one.
    const quiet = new AbortController();
    const stream = await api.open('GET /v1/me/stream', {
      headers: { 'last-event-id': cursor },
      signal: AbortSignal.any([signal, quiet.signal]),
    });
    if (signal.aborted) return 0;
    if (!stream.ok) {
      if (stream.refusal.status === 422) cursor = undefined;
      return refused(stream.refusal);
    }
    await read(stream, quiet, signal);
    return undefined;
  }

  async function read(
    { value: { body } }: Extract<Answer<Response>, { ok: true }>,
    quiet: AbortController,
    signal: AbortSignal,
  ): Promise<void> {
    const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
    const parse = createStreamParser(({ event, id, data }) => {
      cursor = id || cursor;
      const message = JSON.parse(data);
      if (event === 'gone') messages.remove(message.id);
      else if (messages.put(message)) onNew(message);
    });
    let timer: ReturnType<typeof setTimeout> | undefined;
    try {
      for (;;) {
        timer = setTimeout(() => quiet.abort(), SILENCE_MS);
        const piece = await reader?.read();
        clearTimeout(timer);
        if (!piece || piece.done || signal.aborted) return;
        parse(piece.value);
      }
    } catch (error) {
      // A connection that breaks is what the next one is for.
      if (error instanceof SyntaxError) reportError(error);
    } finally {
      clearTimeout(timer);
      quiet.abort();
    }
  }

  async function run({ signal }: AbortController): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const retryAfterMs = await once(signal);
      failures = retryAfterMs === undefined ? 0 : failures + 1;
      if (signal.aborted) return;
      waiting = new AbortController();
      const early = AbortSignal.any([signal, waiting.signal]);
      await pause(Math.max(retryAfterMs ?? 0, backoffMs(failures)), early);
      if (waiting.signal.aborted) failures = 0;
    }
  }

  function start(): void {
    clearTimeout(hiding);
    waiting?.abort();
    if (running || document.hidden || !session.signedIn()) return;
    running = new AbortController();
    void run(running);
  }

  function stop(): void {
    running?.abort();
    running = undefined;
  }

  session.changed.add(() => {
    stop();
    cursor = undefined;
    messages.clear();
    start();
  });
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) hiding = setTimeout(stop, HIDDEN_MS);
    else start();
  });
  addEventListener('online', start);
  // An open stream would keep the page out of the cache that makes going back instant.
  addEventListener('pagehide', stop);
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted) start();
  });
  start();
}
