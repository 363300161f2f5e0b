/** A field of a handler's payload, as far as its JSON Schema says how it is filled in. */
export interface PayloadField {
  readonly name: string;
  /** What is neither text nor a switch is typed in as JSON. */
  readonly type: 'string' | 'boolean' | 'json';
  readonly description: string | undefined;
  readonly isRequired: boolean;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a payload, from its JSON Schema. */
export function fieldsOf(schema: Readonly<Record<string, unknown>>): readonly PayloadField[] {
  const { properties, required } = schema;
  if (!isRecord(properties)) return [];
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties).map(([name, field]) => ({
    name,
    type: typeOf(isRecord(field) ? field.type : undefined),
    description: isRecord(field) && typeof field.description === 'string' ? field.description : undefined,
    isRequired: needed.includes(name),
  }));
}

const typeOf = (type: unknown): PayloadField['type'] =>
  type === 'string' || type === 'boolean' ? type : 'json';
