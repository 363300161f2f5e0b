import { hash } from 'node:crypto';
import type { Challenge } from '@promosmith/contract';

/** Does the work that a challenge asks for. @returns the proof. */
export function solve(challenge: Challenge): string {
  if (challenge.kind !== 'proof_of_work') throw new Error('only a platform can pass that');
  const { token, bits } = challenge;
  for (let number = 0; ; number++) {
    const proof = `${token}.${number}`;
    if (hash('sha256', proof, 'buffer').readUInt32BE() >>> (32 - bits) === 0) return proof;
  }
}
