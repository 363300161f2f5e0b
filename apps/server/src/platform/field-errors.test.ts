import { expect, it } from 'vitest';
import { z } from 'zod';
import { fieldErrors } from './field-errors.ts';

const TakeBack = z.union([
  z.strictObject({ id: z.string(), round: z.string() }),
  z.strictObject({ id: z.string(), bet: z.string().min(1) }),
]);
const Asked = z.strictObject({
  what: TakeBack,
  address: z.union([z.ipv4(), z.ipv6()], 'an address').optional(),
});

const saidOf = (asked: unknown) => {
  const { error } = Asked.safeParse(asked);
  return error && fieldErrors(error).map(({ field, reason }) => [field, reason]);
};

it('names the field of the alternative that something is closest to', () => {
  expect(saidOf({ what: { id: 'a', bet: '' } })).toEqual([['what.bet', 'is missing']]);
  expect(saidOf({ what: { id: 'a' } })).toEqual([
    ['what.round', expect.stringContaining('received undefined')],
  ]);
  expect(saidOf({ what: { id: 'a', bet: 'b', round: 'r' } })).toEqual([['what.bet', 'is not a field here']]);
  expect(saidOf({ what: { id: 'a', bet: 'b', bets: 1 } })).toEqual([['what.bets', 'is not a field here']]);
});

it('leaves alternatives that are no objects to what their schema says of them', () => {
  expect(saidOf({ what: { id: 'a', bet: 'b' }, address: 'x' })).toEqual([['address', 'an address']]);
  expect(saidOf({ what: 5 })).toEqual([['what', 'Invalid input']]);
});
