import { beforeAll, describe, expect, it } from 'vitest';
import { type Walked, walk } from './support/walk.ts';

let told: Walked;
beforeAll(async () => {
  told = await walk('docs/guides/bonuses.md');
}, 120_000);

type Answer = Walked['answers'][number];

const answersWith = (field: string): Answer[] => told.answers.filter((answer) => answer[field] !== undefined);

/** What was said of a player's bonus, one time after the other. */
const bonusesOf = (name: string): Answer[] => answersWith('wagered').filter(({ player }) => player === name);
const balancesOf = (name: string): Answer[] => answersWith('real').filter(({ player }) => player === name);

/** Kind, change and balance of each line of a statement, as it went: they are listed newest first. */
function statementOf(grantId: string): Answer[] {
  const [statement] = answersWith('items').filter(({ items }) => items[0]?.grantId === grantId);
  return statement.items.toReversed().map(({ kind, change, balance }: Answer) => [kind, change, balance]);
}

it('goes as it says, and every event is taken', () => {
  expect(told.errors).toEqual([]);
  expect(told.code, told.output).toBe(0);
  const results = answersWith('results').flatMap((answer) => answer.results);
  expect(results).toHaveLength(19);
  expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['accepted']));
});

describe('the bonus that goes well', () => {
  it('waits for the deposit', () => {
    const [emma] = answersWith('outcome').filter(({ player }) => player === 'emma');
    expect(emma).toMatchObject({
      outcome: 'awaiting_deposit',
      grants: [{ kind: 'deposit', status: 'pending' }],
    });
  });

  it('is played through bet by bet, and converts 20.33 (V9)', () => {
    expect(bonusesOf('emma')).toMatchObject([
      { status: 'active', amount: 2_000, balance: 2_000, wagered: 0, wageringRequired: 4_000 },
      { status: 'active', balance: 1_583, wagered: 3_550, remaining: 450 },
      { status: 'completed', balance: 0, wagered: 4_000, remaining: 0, converted: 2_033 },
    ]);
  });

  it('is all in the statement', () => {
    const [{ id }] = bonusesOf('emma');
    expect(statementOf(id)).toEqual([
      ['bonus_granted', 2_000, 2_000],
      ['stake', -250, 1_750],
      ['win', 167, 1_917],
      ['stake', -334, 1_583],
      ['stake', -450, 1_133],
      ['win', 900, 2_033],
      ['converted', -2_033, 0],
    ]);
  });

  it('ends with all of it withdrawn', () => {
    expect(balancesOf('emma')).toMatchObject([
      { real: 2_033, bonus: 0 },
      { real: 0, bonus: 0 },
    ]);
  });
});

describe('its ugly twin', () => {
  it('counts nothing of a bet that is too large, which is paid for nevertheless', () => {
    expect(bonusesOf('finn')).toMatchObject([{ status: 'active', balance: 2_000, wagered: 0 }]);
  });

  it('is what it would be without the round that is rolled back', () => {
    expect(balancesOf('finn')).toMatchObject([
      { real: 1_950, bonus: 2_000, grants: [{ wagered: 700 }] },
      { real: 1_200, bonus: 2_000, grants: [{ wagered: 200 }] },
    ]);
  });

  it('expires, and what it held is gone', () => {
    const [bonus] = bonusesOf('cleo');
    expect(bonus).toMatchObject({ status: 'expired', amount: 500, balance: 0, converted: 0 });
    expect(statementOf(bonus.id)).toEqual([
      ['bonus_granted', 500, 500],
      ['breakage', -500, 0],
    ]);
  });

  it('is none for a player who is excluded', () => {
    const [offered] = answersWith('refusalKey');
    expect(offered).toMatchObject({ player: 'dora', outcome: 'lapsed', refusalKey: 'self_excluded' });
    const [refused] = answersWith('reasons');
    expect(refused).toMatchObject({ status: 422, key: 'self_excluded' });
    expect(answersWith('items').at(-1)).toEqual({ items: [], nextCursor: null });
  });

  it('leaves the books balanced', () => {
    expect(answersWith('done')).toMatchObject([
      { status: 'succeeded', result: { balanced: true, differences: [] } },
    ]);
  });
});
