import { timingSafeEqual } from 'node:crypto';
import type { Actor, NewBrandInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Platform } from '../../../platform/platform.ts';
import { needsSetUp, setUpToken } from '../../../platform/set-up.ts';
import type { Brand, Brands } from '../../brands/index.ts';
import type { Members } from '../members/service.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { SignInThrottle } from '../sign-in/throttle.ts';
import { lockInstallation } from './store.ts';

export interface FirstOwner {
  token: string;
  brand: NewBrandInput;
  owner: { email: string; name: string; password: string };
}

export interface SetUp {
  needed(): Promise<boolean>;
  run(input: FirstOwner, visit: { ip: string; requestId: string }): Promise<Result<Brand>>;
}

const actor: Actor = { kind: 'system', id: 'set-up' };

const over = () =>
  refuse('already_set_up', 'There is a brand already: sign in, or ask an owner for an invitation.');

/** The first brand and its owner, made once by whoever reads the server's output. */
export function createSetUp(
  { db, secrets }: Pick<Platform, 'db' | 'secrets'>,
  brands: Brands,
  members: Members,
  throttle: SignInThrottle,
): SetUp {
  const expected = secrets.mac('compare', setUpToken(secrets));
  const isRight = (token: string) => timingSafeEqual(expected, secrets.mac('compare', token));
  /** Brands stay, so an installation that has one is never looked at again. */
  let isDone = false;

  const needed = async (): Promise<boolean> => {
    isDone ||= !(await needsSetUp(db));
    return !isDone;
  };

  return {
    needed,
    async run({ token, brand, owner }, { ip, requestId }) {
      if (!(await needed())) return over();
      // By address alone: a guesser from elsewhere must not be able to lock the owner out.
      const proved = await throttle.attempt(`set-up ${ip}`, ip, async () =>
        isRight(token)
          ? ok(undefined)
          : refuse('forbidden', 'This is not the set-up token that the server printed when it started.'),
      );
      if (!proved.ok) return proved;
      const passwordHash = await hashPassword(owner.password);
      return db.transaction(async (tx) => {
        await lockInstallation(tx);
        if (!(await needsSetUp(tx))) return over();
        const made = await brands.createIn(tx, brand, { actor, requestId });
        if (!made.ok) return made;
        const member = await members.addIn(
          tx,
          { brandId: made.value.brandId, email: owner.email, name: owner.name, role: 'owner', passwordHash },
          { actor, requestId, permissions: 'all' },
        );
        return member.ok ? made : member;
      });
    },
  };
}
