import type { AuditEntry } from '../../platform/audit.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import type { PlayerRecord } from './player.ts';

/** Kept out of the log that can never be changed: a player may ask for these to be erased. */
const PERSONAL = new Set<string>([
  'email',
  'emailCanonical',
  'phone',
  'birthDate',
] satisfies (keyof PlayerRecord)[]);
const NOT_A_CHANGE = new Set<string>(['updatedAt', 'createdAt'] satisfies (keyof PlayerRecord)[]);

/** The audit entry of a change to a player: only the fields that changed, personal ones as `[personal]`. */
export function auditedChange(
  context: { readonly caller: Pick<RequestContext['caller'], 'actor'>; readonly requestId: string },
  before: PlayerRecord | undefined,
  after: PlayerRecord,
): Omit<AuditEntry, 'action'> {
  const changed = Object.entries(after)
    .filter(([field, value]) => !NOT_A_CHANGE.has(field) && !same(fieldOf(before, field), value))
    .map(([field]) => field);
  return {
    brandId: after.brandId,
    actor: context.caller.actor,
    targetKind: 'player',
    targetId: after.playerId,
    ...(before ? { before: shown(before, changed) } : {}),
    after: shown(after, changed),
    requestId: context.requestId,
  };
}

const fieldOf = (player: PlayerRecord | undefined, field: string): unknown =>
  player?.[field as keyof PlayerRecord];

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const shown = (player: PlayerRecord, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    fields.map((field) => {
      const value = fieldOf(player, field);
      return [field, PERSONAL.has(field) && value !== null ? '[personal]' : value];
    }),
  );
