import { expect, it } from 'vitest';
import { auditedChange } from './audited.ts';
import type { PlayerRecord } from './player.ts';
import { NOBODY } from './testing.ts';

const before: PlayerRecord = {
  ...NOBODY,
  email: 'anna@example.com',
  emailCanonical: 'anna@example.com',
  country: 'DE',
  birthDate: '1990-04-12',
  segments: ['a'],
};

const by = {
  caller: {
    brandId: before.brandId,
    brandSlug: 'b',
    actor: { kind: 'staff' as const, id: 's1' },
    permissions: new Set<never>(),
  },
  requestId: 'r1',
};

it('tells what changed, and of personal fields only that they did', () => {
  const after = {
    ...before,
    email: 'eva@example.com',
    emailCanonical: 'eva@example.com',
    phone: '+356 1234',
    birthDate: null,
    country: 'MT',
    segments: ['a', 'b'],
    updatedAt: new Date('2026-03-02T00:00:00Z'),
  };
  expect(auditedChange(by, before, after)).toMatchObject({
    targetKind: 'player',
    targetId: before.playerId,
    requestId: 'r1',
    before: {
      email: '[personal]',
      emailCanonical: '[personal]',
      phone: null,
      birthDate: '[personal]',
      country: 'DE',
      segments: ['a'],
    },
    after: {
      email: '[personal]',
      emailCanonical: '[personal]',
      phone: '[personal]',
      birthDate: null,
      country: 'MT',
      segments: ['a', 'b'],
    },
  });
});

it('has no before for a player just created', () => {
  const entry = auditedChange(by, undefined, before);
  expect(entry).not.toHaveProperty('before');
  expect(entry.after).toMatchObject({ externalId: 'p1', country: 'DE', email: '[personal]' });
});
