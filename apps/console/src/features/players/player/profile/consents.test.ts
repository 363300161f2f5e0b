import { expect, it } from 'vitest';
import { type Consents, changesOf, tickedIn, toggled } from './consents.ts';

const at = '2026-01-01T00:00:00.000Z';
const consents: Consents = {
  casino: { email: { granted: true, at }, sms: { granted: false, at } },
};

it('shows what is recorded until it is ticked otherwise', () => {
  expect(tickedIn(consents, {}, 'casino', 'email')).toBe(true);
  expect(tickedIn(consents, {}, 'casino', 'sms')).toBe(false);
  expect(tickedIn(consents, {}, 'bingo', 'push')).toBe(false);
  const edits = toggled(consents, {}, 'casino', 'email');
  expect(tickedIn(consents, edits, 'casino', 'email')).toBe(false);
});

it('records the pairs that changed alone', () => {
  let edits = toggled(consents, {}, 'casino', 'email');
  edits = toggled(consents, edits, 'bingo', 'push');
  edits = toggled(consents, edits, 'casino', 'sms');
  edits = toggled(consents, edits, 'casino', 'sms');
  expect(changesOf(edits)).toEqual([
    { product: 'casino', channel: 'email', granted: false },
    { product: 'bingo', channel: 'push', granted: true },
  ]);
});
