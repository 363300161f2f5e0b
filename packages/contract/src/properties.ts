import { z } from 'zod';
import { Instant } from './common.ts';
import { defineRoute } from './route.ts';

/** Types of a custom property of players. `list` is a list of strings. */
export const PROPERTY_TYPES = ['string', 'number', 'boolean', 'list'] as const;
export type PropertyType = (typeof PROPERTY_TYPES)[number];

/** Lower snake case, as rules write it: `player.properties.<name>`. */
export const PropertyName = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,62}$/, 'lower snake case, starting with a letter, at most 63 characters');

export const PropertyValue = z.union([
  z.string().max(1000),
  z.number(),
  z.boolean(),
  z.array(z.string().min(1).max(200)).max(200),
]);
export type PropertyValue = z.output<typeof PropertyValue>;

export const PropertyValues = z.record(PropertyName, PropertyValue);

/** Values by name; `null` removes the property from the player. */
export const PropertyPatch = z
  .record(PropertyName, PropertyValue.nullable())
  .refine((values) => Object.keys(values).length <= 200, 'at most 200 properties at once');

/** A registered custom property of the brand's players. */
export const Property = z.strictObject({
  name: PropertyName,
  type: z.enum(PROPERTY_TYPES),
  label: z.string().trim().min(1).max(128).describe('What people see in the rule editor'),
  example: PropertyValue.describe('A typical value, of the property’s type'),
});
export type Property = z.output<typeof Property>;

const tag = 'Properties';

export const listProperties = defineRoute({
  id: 'listProperties',
  method: 'GET',
  path: '/v1/properties',
  tag,
  summary: 'List the brand’s player properties',
  description: 'All of them, by name. Rules use them as `player.properties.<name>`.',
  access: { permission: 'players:read' },
  success: { 200: z.object({ items: z.array(Property.extend({ createdAt: Instant })) }) },
});

export const createProperty = defineRoute({
  id: 'createProperty',
  method: 'POST',
  path: '/v1/properties',
  tag,
  summary: 'Register a player property',
  description:
    'Only registered properties are accepted on players, so that a typo is refused instead of silently never ' +
    'matching. The type stays for good: rules depend on it.',
  access: { permission: 'players:write' },
  body: Property,
  success: { 201: Property.extend({ createdAt: Instant }) },
  problems: [409],
});
