/** One event of a stream. */
export interface StreamEvent {
  readonly event: string;
  /** The last id so far, for `Last-Event-ID`. */
  readonly id: string;
  readonly data: string;
}

/** Reads server-sent events (WHATWG HTML, 9.2.6) out of pieces of text, however they are cut. */
export function createStreamParser(onEvent: (event: StreamEvent) => void): (piece: string) => void {
  let unread = '';
  let id = '';
  let event = '';
  let data: string[] = [];

  function line(text: string): void {
    if (text === '') {
      if (data.length > 0) onEvent({ event: event || 'message', id, data: data.join('\n') });
      event = '';
      data = [];
      return;
    }
    const colon = text.indexOf(':');
    const name = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') event = value;
    else if (name === 'data') data.push(value);
    else if (name === 'id') id = value;
  }

  return (piece) => {
    unread += piece;
    // A carriage return at the end may be half of a line's end.
    const lines = unread.split(/\r\n|\n|\r(?=[^\n])/);
    unread = lines.pop() ?? '';
    for (const text of lines) line(text);
  };
}
