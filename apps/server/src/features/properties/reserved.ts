import { DEFAULT_WHEN_SHOWN } from '@promosmith/core/content';
import type { Queryable } from '../../platform/db.ts';
import { type DeclaredField, declareFields, findReservedKeys, reserveKeys } from './store.ts';

export const actionKey = (name: string): string => `client_action:${name}`;

/** The code of the message that was shown, as the server prepared it. */
export const SHOWN_CODE: DeclaredField = {
  name: 'code',
  type: 'string',
  label: 'Code that was shown',
  example: 'SPRING-7KQ2',
};

/** Client actions that content raises when it is shown: from here on no browser may. */
export async function reserveAction(
  tx: Queryable,
  brandId: string,
  name: string,
  { withCode }: { withCode: boolean },
): Promise<void> {
  await reserveKeys(tx, brandId, [actionKey(name)]);
  if (withCode) await declareFields(tx, brandId, actionKey(name), 'content', [SHOWN_CODE]);
}

/** Which of the client actions no browser may raise. */
export async function findReservedActions(
  db: Queryable,
  brandId: string,
  names: readonly string[],
): Promise<Set<string>> {
  const reserved = new Set(await findReservedKeys(db, brandId, names.map(actionKey)));
  return new Set([DEFAULT_WHEN_SHOWN, ...names.filter((name) => reserved.has(actionKey(name)))]);
}
