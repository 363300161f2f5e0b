import type { Permission } from '@promosmith/contract';
import { expect, test } from 'vitest';
import type { Caller } from '../../platform/http/context.ts';
import { admit } from './authenticate.ts';

const caller = (kind: Caller['actor']['kind'], ...permissions: Permission[]): Caller => ({
  brandId: '',
  brandSlug: '',
  actor: { kind, id: '1' },
  permissions: new Set(permissions),
});
const CALLERS = {
  'staff with it': caller('staff', 'activations:create'),
  'staff without it': caller('staff', 'activations:read'),
  'a key with it': caller('api_key', 'activations:create'),
  'a key without it': caller('api_key'),
  'a player': caller('player'),
  'a publishable key': caller('anonymous'),
};

const permission = 'activations:create' as const;

test.each([
  { access: { permission }, admits: ['staff with it', 'a key with it'] },
  { access: { permission, player: true }, admits: ['staff with it', 'a key with it', 'a player'] },
  {
    access: { permission, publishable: true },
    admits: ['staff with it', 'a key with it', 'a publishable key'],
  },
  {
    access: { permission, player: true, publishable: true },
    admits: ['staff with it', 'a key with it', 'a player', 'a publishable key'],
  },
] as const)('a route of $access admits $admits', ({ access, admits }) => {
  const admitted = Object.entries(CALLERS).filter(([, who]) => admit(who, access).ok);
  expect(admitted.map(([name]) => name)).toEqual(admits);
});

test('a player or publishable key is kept out whatever permissions it were to hold', () => {
  for (const kind of ['player', 'anonymous'] as const)
    expect(admit(caller(kind, permission), { permission }).ok).toBe(false);
});

test('a refusal names what is missing', () => {
  const lacking = (who: Caller) => {
    const refused = admit(who, { permission });
    return refused.ok ? '' : refused.refusal.message;
  };
  expect(lacking(CALLERS['a key without it'])).toBe(
    'The API key does not have the scope activations:create.',
  );
  expect(lacking({ ...CALLERS['staff without it'], role: 'marketing' })).toBe(
    'Your role marketing does not have the permission activations:create.',
  );
});
