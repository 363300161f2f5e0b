import { expect, test } from 'vitest';
import { earlierEvents } from './earlier-events.ts';

const text = (body: string) => ({ blocks: [{ kind: 'text', body }] });
const shown = { fields: [{ name: 'code', example: 'SPRING-7KQ2' }] };

test.each([
  ['nothing of events', {}],
  ['{{ event.code }}', {}],
  ['{{ events.shown.code }}', { shown: { code: 'SPRING-7KQ2' } }],
  ['{{ events.n1.game }} {{ events.n1.code | upcase }}', { n1: { game: 'GAME', code: 'SPRING-7KQ2' } }],
  ['{% if events.a.x %}{{ events.b.y }}{% endif %}', { a: { x: 'X' }, b: { y: 'Y' } }],
])('%s', (body, values) => {
  expect(earlierEvents(text(body), [shown])).toEqual(values);
});
