import type { Actor, Property, PropertyType, PropertyValue } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import type { Property as FactProperty, FactType } from '@promosmith/core/rules';
import { buildCatalogue } from '@promosmith/core/rules';
import type { Queryable } from '../../platform/db.ts';

export type RegisteredProperty = Property & { createdAt: string };

/** The fact a property becomes in rules. Numbers are fractional there: platforms do not promise whole ones. */
const FACT_TYPE = {
  string: 'string',
  number: 'double',
  boolean: 'bool',
  list: 'list<string>',
} as const satisfies Record<PropertyType, FactType>;

export const factPropertyOf = ({ name, type, label }: Property): FactProperty => ({
  name,
  type: FACT_TYPE[type],
  label,
});

const IS_OF_TYPE: Readonly<Record<PropertyType, (value: PropertyValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  list: (value) => Array.isArray(value),
};

export async function listProperties(db: Queryable, brandId: string): Promise<RegisteredProperty[]> {
  const { rows } = await db.query<Property & { createdAt: Date }>(
    `select name, type, label, example, created_at as "createdAt" from properties where brand_id = $1 order by name`,
    [brandId],
  );
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/** Registers a property in the caller's transaction. */
export async function registerProperty(
  tx: Queryable,
  brandId: string,
  property: Property,
  by: Actor,
): Promise<Result<RegisteredProperty>> {
  const { name, type, label, example } = property;
  if (!buildCatalogue([factPropertyOf(property)]).ok)
    return refuse('invalid_request', `name: "${name}" is a word of the rule language`, [
      { field: 'name', reason: 'is a word of the rule language', fix: 'choose another name' },
    ]);
  if (!IS_OF_TYPE[type](example))
    return refuse('invalid_request', `example: is not a ${type}`, [
      { field: 'example', reason: `is not a ${type}` },
    ]);
  const { rows } = await tx.query<{ createdAt: Date }>(
    `insert into properties (brand_id, name, type, label, example, created_by) values ($1, $2, $3, $4, $5, $6)
     on conflict do nothing returning created_at as "createdAt"`,
    [brandId, name, type, label, JSON.stringify(example), JSON.stringify(by)],
  );
  const created = rows[0];
  if (!created) return refuse('conflict', `There is already a property "${name}".`);
  return ok({ ...property, createdAt: created.createdAt.toISOString() });
}

/** What is wrong with values meant for a player: names nobody registered, and values of another type. */
export function propertyErrors(
  registered: readonly Property[],
  values: Readonly<Record<string, PropertyValue | null>>,
): FieldError[] {
  const typeOf = new Map(registered.map(({ name, type }) => [name, type]));
  return Object.entries(values).flatMap(([name, value]): FieldError[] => {
    const type = typeOf.get(name);
    const field = `properties.${name}`;
    if (type === undefined)
      return [{ field, reason: 'is not registered', fix: 'register it with POST /v1/properties first' }];
    if (value === null || IS_OF_TYPE[type](value)) return [];
    return [{ field, reason: `must be a ${type}` }];
  });
}
