/** An event as a browser reads it. */
export interface StreamEvent {
  event: string;
  id: string;
  data: { id: string; [field: string]: unknown };
}

export interface OpenStream extends AsyncDisposable {
  /** The next event. @throws when the stream has ended. */
  next(): Promise<StreamEvent>;
}

/** Reads a player's stream as the widget does: by fetch, with the token in a header. */
export async function openStream(url: string, token: string, lastEventId?: string): Promise<OpenStream> {
  const abort = new AbortController();
  const answer = await fetch(`${url}/v1/me/stream`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
    },
    signal: abort.signal,
  });
  if (!answer.ok || !answer.body) throw new Error(`answered ${answer.status}: ${await answer.text()}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  return {
    async next() {
      for (;;) {
        const end = unread.indexOf('\n\n');
        if (end >= 0) {
          const fields = fieldsOf(unread.slice(0, end));
          unread = unread.slice(end + 2);
          const { event, id = '', data } = fields;
          if (event !== undefined && data !== undefined) return { event, id, data: JSON.parse(data) };
          continue;
        }
        const { done, value } = await reader.read();
        if (done) throw new Error('the stream has ended');
        unread += value;
      }
    },
    async [Symbol.asyncDispose]() {
      abort.abort();
      await reader.cancel().catch(() => undefined);
    },
  };
}

const fieldsOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    block.split('\n').map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name, value.join(': ')];
    }),
  );
