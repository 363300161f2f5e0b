import { describe, expect, it } from 'vitest';
import { keyOf, storyOf } from './story.ts';

const NONE = { attempts: [], money: [], bonuses: [], messages: [], bets: [] };
const attempt = (activationId: string, at: string) => ({
  ...{ activationId, at, outcome: 'accepted', refusalKey: null, code: 'X', campaignId: null },
});

describe('the story of a case', () => {
  it('has everything in one line, the newest first', () => {
    const story = storyOf(
      {
        ...NONE,
        attempts: [attempt('a1', '2026-03-01T10:00:00Z'), attempt('a2', '2026-03-01T12:00:00Z')],
        money: [
          {
            at: '2026-03-01T11:00:00Z',
            type: 'deposit.succeeded',
            amount: 2_000,
            currency: 'EUR',
            method: null,
          },
        ],
        messages: [{ messageId: 'm1', at: '2026-03-01T09:00:00Z', channel: 'email', state: 'sent' }],
      },
      '2026-03-01T10:30:00Z',
    );
    expect(story.map(({ what }) => what)).toEqual(['attempt', 'money', 'opened', 'attempt', 'message']);
    expect(new Set(story.map(keyOf)).size).toBe(5);
  });
  it('compares instants, not their spelling', () => {
    const story = storyOf(
      { ...NONE, attempts: [attempt('a1', '2026-03-01T10:00:00.500Z')] },
      '2026-03-01T10:00:00Z',
    );
    expect(story.map(({ what }) => what)).toEqual(['attempt', 'opened']);
  });
  it('of a case with nothing on record begins with the case', () => {
    expect(storyOf(NONE, '2026-03-01T10:00:00Z')).toEqual([{ what: 'opened', at: '2026-03-01T10:00:00Z' }]);
  });
});
