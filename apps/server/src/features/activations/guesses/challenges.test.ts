import { hash, randomBytes } from 'node:crypto';
import type { Challenge } from '@promosmith/contract';
import { describe, expect, it, test } from 'vitest';
import { openSecrets } from '../../../platform/secrets.ts';
import { createChallenges, type Proving } from './challenges.ts';
import { solve } from './testing.ts';

const challenges = createChallenges(openSecrets(randomBytes(32)));
const NOW = Date.UTC(2026, 2, 1);
const MINUTE = 60_000;

const proving = (more: Partial<Proving> = {}): Proving => ({
  ...{ brandId: 'one', code: 'SPRING-2345', proof: undefined, isTrusted: false, now: NOW },
  ...more,
});
const asked = (of: Proving): Challenge => {
  const refusal = challenges.check('proof_of_work', of);
  expect(refusal).toMatchObject({ key: 'challenge_required', message: expect.stringContaining('Proof') });
  return refusal!.challenge;
};
const passes = (of: Partial<Proving>, kind: 'proof_of_work' | 'platform' = 'proof_of_work'): boolean =>
  challenges.check(kind, proving(of)) === null;

describe('work', () => {
  const proof = solve(asked(proving()));

  it('passes, until five minutes are over', () => {
    expect(passes({ proof })).toBe(true);
    expect(passes({ proof, now: NOW + 5 * MINUTE - 1 })).toBe(true);
    expect(passes({ proof, now: NOW + 5 * MINUTE })).toBe(false);
  });

  it('is good for one code of one brand', () => {
    expect(passes({ proof, code: 'SPRING-2346' })).toBe(false);
    expect(passes({ proof, brandId: 'other' })).toBe(false);
  });

  it('has to be done', () => {
    const challenge = asked(proving());
    const token = challenge.kind === 'proof_of_work' ? challenge.token : '';
    let lazy = 0;
    while (hash('sha256', `${token}.${lazy}`, 'hex').startsWith('0000')) lazy++;
    expect(passes({ proof: `${token}.${lazy}` })).toBe(false);
  });

  it('can’t be done on a token of one’s own', () => {
    const later = (NOW + 5 * MINUTE).toString(36);
    for (const mac of ['', 'AAAAAAAAAAAAAAAAAAAAAA', '!'])
      expect(passes({ proof: solve({ kind: 'proof_of_work', token: `${later}.${mac}`, bits: 16 }) })).toBe(
        false,
      );
  });

  test.each([
    '',
    '.',
    '..',
    '...',
    'x',
    'zzzzzzzzzzzzzzzz.AAAAAAAAAAAAAAAAAAAAAA.1',
    '-1.x.1',
    '\u0000.\u0000.\u0000',
  ])('is not %j', (nonsense) => expect(passes({ proof: nonsense })).toBe(false));
});

test('who makes sure of persons says so, and nobody else', () => {
  for (const kind of ['proof_of_work', 'platform'] as const) {
    expect(passes({ proof: 'human', isTrusted: true }, kind)).toBe(true);
    expect(passes({ proof: 'human' }, kind)).toBe(false);
  }
  expect(passes({ proof: solve(asked(proving())) }, 'platform')).toBe(false);
});
