import { describe, expect, it } from 'vitest';
import { findingsOf, seenOf, takeable } from './reading.ts';

const finding = { indicator: 'ip_vpn', version: 1, points: 20, evidence: { network: 'vpn' } };

describe('evidence of a case', () => {
  it('has findings, and leaves out what is none', () => {
    const evidence = { policy: 3, findings: [finding, null, 'ip_tor', { indicator: 'x' }] };
    expect(findingsOf({ evidence })).toEqual([finding]);
    expect(findingsOf({ evidence: { tries: 400 } })).toEqual([]);
  });
  it('of a code says how it was tried', () => {
    const burst = { slot: '2026-03-01T12:00:00Z', tries: 400, accepted: 20, baseline: 3.5, slots: 144 };
    expect(seenOf({ kind: 'code_burst', evidence: burst })).toEqual({
      ...{ slot: '2026-03-01T12:00:00Z', tries: 400, accepted: 20, baseline: 3.5 },
    });
    const leak = { count: 3, players: ['ann', 7, 'bob'], last4: 'XY9Z' };
    expect(seenOf({ kind: 'code_leak', evidence: leak })).toEqual({ ...leak, players: ['ann', 'bob'] });
  });
  it('of a player says nothing of codes', () => {
    expect(seenOf({ kind: 'activation_held', evidence: { tries: 400 } })).toBeNull();
  });
});

describe('what can be taken back', () => {
  it('is what was accepted', () => {
    const attempts = ['accepted', 'refused', 'awaiting_deposit', 'in_review', 'reversed'].map((outcome) => ({
      outcome,
    }));
    expect(takeable(attempts).map(({ outcome }) => outcome)).toEqual(['accepted', 'awaiting_deposit']);
  });
});
