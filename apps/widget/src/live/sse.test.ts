import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStreamParser, type StreamEvent } from './sse.ts';

function read(...pieces: string[]): StreamEvent[] {
  const events: StreamEvent[] = [];
  const parse = createStreamParser((event) => events.push(event));
  for (const piece of pieces) parse(piece);
  return events;
}

test.each<[string, string, StreamEvent[]]>([
  ['an event', 'event: gone\nid: 7\ndata: {"id":"a"}\n\n', [{ event: 'gone', id: '7', data: '{"id":"a"}' }]],
  ['one without a name', 'data: x\n\n', [{ event: 'message', id: '', data: 'x' }]],
  ['data of several lines', 'data: a\ndata:b\ndata\n\n', [{ event: 'message', id: '', data: 'a\nb\n' }]],
  [
    'an id that stays until there is another',
    'id: 1\ndata: a\n\ndata: b\n\nid: 2\ndata: c\n\n',
    [
      { event: 'message', id: '1', data: 'a' },
      { event: 'message', id: '1', data: 'b' },
      { event: 'message', id: '2', data: 'c' },
    ],
  ],
  ['nothing of comments and of what it does not know', ':\n\nretry: 1000\n\nother: x\n\n', []],
  [
    'nothing of an event without data, but its id',
    'event: x\nid: 3\n\ndata: y\n\n',
    [{ event: 'message', id: '3', data: 'y' }],
  ],
  ['nothing of what has not ended', 'data: a\n', []],
  [
    'other ends of lines',
    'data: a\r\n\r\ndata: b\r\rdata: c\n\n',
    [
      { event: 'message', id: '', data: 'a' },
      { event: 'message', id: '', data: 'b' },
      { event: 'message', id: '', data: 'c' },
    ],
  ],
])('it reads %s', (_, text, events) => {
  expect(read(text)).toEqual(events);
});

test('it reads the same however the text is cut', () => {
  const text =
    'retry: 1000\r\n\r\nevent: message\nid: 12\ndata: {"a":"ü\\n"}\ndata: 2\n\n:\n\nevent: gone\r\ndata: x\r\n\r\ndata: end\n\n';
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat({ max: text.length })), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), text.length];
      expect(read(...at.slice(1).map((end, n) => text.slice(at[n], end)))).toEqual(read(text));
    }),
  );
});
