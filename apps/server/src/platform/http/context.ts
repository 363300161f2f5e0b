import type { IncomingHttpHeaders } from 'node:http';
import type { Actor, Permission, Role } from '@promosmith/contract';

/** Who calls, as the credential says. The brand always comes from here, never from a body or path. */
export interface Caller {
  brandId: string;
  brandSlug: string;
  actor: Actor;
  /** Present for staff. */
  role?: Role;
  /** What the credential may do. A player's or publishable caller's is empty: routes admit them by name. */
  permissions: ReadonlySet<Permission>;
  /** The platform's id of the player a player token names. */
  playerExternalId?: string;
}

export interface RequestContext {
  caller: Caller;
  requestId: string;
  /** Address of the client as the trusted proxy setting sees it. */
  ip: string;
  /** As they came; what a route reads for itself is in its input. */
  headers: IncomingHttpHeaders;
  /** Whether whoever asked is gone, so that long work need not go on. */
  hasHungUp(): boolean;
}

/** Neither refused nor allowed to see why: publishable callers get neutral answers. */
export const isAnonymous = (caller: Caller): boolean => caller.actor.kind === 'anonymous';
export const isPlayer = (caller: Pick<Caller, 'actor'>): boolean => caller.actor.kind === 'player';
