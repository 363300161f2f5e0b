import { type Permission, ROLES } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Database } from '../../../platform/db.ts';
import type { Caller } from '../../../platform/http/context.ts';
import { listMemberships, type Membership } from '../members/store.ts';
import { type Client, hasSessionCookie, headersFor } from './client.ts';
import type { LoadAuth } from './load-auth.ts';

export interface SignedIn {
  staffId: string;
  email: string;
  name: string;
  twoFactor: boolean;
}

export interface Sessions {
  /** Whose session the cookie is of; undefined when there is none in force. */
  find(client: Client): Promise<SignedIn | undefined>;
  /**
   * The member of staff as caller for one brand.
   * @param brandSlug of the `Promosmith-Brand` header; needed by those who work for several brands.
   */
  callerOf(client: Client, brandSlug: string | undefined): Promise<Result<Caller>>;
}

export function createSessions(db: Database, loadAuth: LoadAuth): Sessions {
  async function find(client: Client): Promise<SignedIn | undefined> {
    if (!hasSessionCookie(client)) return undefined;
    const auth = await loadAuth();
    const found = await auth.api.getSession({ headers: headersFor(client) });
    if (!found) return undefined;
    const { id, email, name, twoFactorEnabled } = found.user;
    return { staffId: id, email, name, twoFactor: twoFactorEnabled === true };
  }

  return {
    find,
    async callerOf(client, brandSlug) {
      const signedIn = await find(client);
      if (!signedIn) return refuse('unauthenticated', 'The session has ended: sign in again.');
      const membership = choose(await listMemberships(db, signedIn.staffId), brandSlug);
      if (!membership.ok) return membership;
      const { brandId, brand, role } = membership.value;
      return ok({
        brandId,
        brandSlug: brand,
        actor: { kind: 'staff', id: signedIn.staffId, name: signedIn.name },
        role,
        permissions: new Set<Permission>(ROLES[role]),
      });
    },
  };
}

/** Never guesses: a change must not land in a brand that was not meant. */
function choose(memberships: readonly Membership[], slug: string | undefined): Result<Membership> {
  const named = memberships.find(({ brand }) => brand === slug);
  if (named) return ok(named);
  if (slug !== undefined || memberships.length === 0)
    return refuse('forbidden', slug ? `You do not work for ${slug}.` : 'You work for no brand at present.');
  const [only, another] = memberships;
  if (only && !another) return ok(only);
  const field = 'headers.promosmith-brand';
  const reason = 'you work for several brands, so name one';
  const fix = `One of: ${memberships.map(({ brand }) => brand).join(', ')}`;
  return refuse('brand_required', `${field}: ${reason}`, [{ field, reason, fix }]);
}
