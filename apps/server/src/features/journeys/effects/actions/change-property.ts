import { type PropertyType, PropertyValue } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { renderTemplate, scopeOf } from '@promosmith/core/content';
import type { Database, Queryable } from '../../../../platform/db.ts';
import type { Brands } from '../../../brands/index.ts';
import { listProperties, lockPlayers, setProperties } from '../../../players/index.ts';
import type { Worker } from '../dispatcher.ts';
import type { Claim, Move } from '../effect.ts';
import { formatFor, readerFor } from '../reader.ts';
import { begin, finish } from '../settle.ts';
import { endEffects } from '../store.ts';

/**
 * Sets a property of the player. One that has no such type, or a template without its values, is for a person to mend:
 * the effect ends as failed, its visit waits to be tried again or skipped.
 */
export function propertyWorker(
  db: Database,
  move: Move,
  brands: Brands,
): Pick<Worker<'change_property'>, 'work'> {
  async function valueFor(tx: Queryable, claim: Claim<'change_property'>): Promise<Result<PropertyValue>> {
    const { brandId, playerId, playerExternalId: externalId, effect, at } = claim;
    const { property, value } = effect.action;
    const registered = await listProperties(tx, brandId);
    const { type } = registered.find(({ name }) => name === property) ?? {};
    if (type === undefined) return refuse('property_unknown', `No property "${property}" is registered.`);
    // Players are locked before their enrolments.
    const [player] = await lockPlayers(tx, [playerId]);
    if (!player) return refuse('not_found', 'Nothing is known of the player.');
    const reader = readerFor(await brands.read(tx, brandId), { externalId, player }, at, effect);
    const rendering = renderTemplate(value, 'plain', scopeOf(reader.scope), formatFor(reader));
    return rendering.ok
      ? typed(rendering.text.trim(), type)
      : refuse('template_invalid', rendering.problem.message);
  }

  return {
    async work(claims) {
      for (const one of claims)
        await db.transaction(async (tx) => {
          const value = await valueFor(tx, one);
          if (!value.ok) {
            await endEffects(tx, [one], 'failed', `${value.refusal.key}: ${value.refusal.message}`);
            return;
          }
          const { wanted, now } = await begin(tx, [one]);
          if (wanted.length === 0) return;
          const { brandId, playerId, playerExternalId: externalId } = one;
          const { property } = one.effect.action;
          await setProperties(tx, { brandId, playerId, externalId }, { [property]: value.value });
          const result = { claim: one, outcome: 'success' as const, data: { [property]: value.value } };
          await finish(tx, move, { claims: wanted, results: [result], events: [], now });
        });
    },
  };
}

function typed(text: string, type: PropertyType): Result<PropertyValue> {
  const value = PropertyValue.safeParse(READ[type](text));
  return value.success
    ? ok(value.data)
    : refuse('property_mismatch', `It came out as "${text.slice(0, SHOWN)}", which is no ${type}.`);
}

/** Characters of a text that is told. */
const SHOWN = 50;

/** undefined: the text is none of the type. */
const READ: Readonly<Record<PropertyType, (text: string) => PropertyValue | undefined>> = {
  string: (text) => text,
  number: (text) => (text === '' || !Number.isFinite(Number(text)) ? undefined : Number(text)),
  boolean: (text) => (text === 'true' || text === 'false' ? text === 'true' : undefined),
  list: (text) => text.split(',').flatMap((part) => part.trim() || []),
};
