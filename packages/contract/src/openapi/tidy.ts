import type { oas31 } from 'zod-openapi';

const SCHEMA_REF = /"#\/components\/schemas\/([^"]+)"/g;
const OUTPUT = 'Output';

/** Components that only answers use come named `XOutput`, beside an `X` nobody refers to: drop these, rename those. */
export function tidySchemas(document: oas31.OpenAPIObject): oas31.OpenAPIObject {
  const { schemas = {}, ...components } = document.components ?? {};
  const used = reachable({ ...document, components }, schemas);
  const kept = Object.entries(schemas).filter(([name]) => used.has(name));
  const rename = (name: string): string => {
    if (name.startsWith('__')) return 'JsonValue';
    const plain = name.slice(0, -OUTPUT.length);
    return name.endsWith(OUTPUT) && !used.has(plain) ? plain : name;
  };
  const sorted = kept.map(([name, schema]) => [rename(name), schema] as const).sort(byName);
  const tidy = { ...document, components: { ...components, schemas: Object.fromEntries(sorted) } };
  return JSON.parse(
    JSON.stringify(tidy).replace(SCHEMA_REF, (_, name: string) => `"#/components/schemas/${rename(name)}"`),
  );
}

const byName = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]) =>
  one < other ? -1 : 1;

const refsIn = (part: unknown): string[] =>
  [...JSON.stringify(part).matchAll(SCHEMA_REF)].flatMap(([, name]) => name ?? []);

/** Names of the schemas that `root` refers to, directly or through other schemas. */
function reachable(root: unknown, schemas: Readonly<Record<string, unknown>>): Set<string> {
  const found = new Set<string>();
  const queue = refsIn(root);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    queue.push(...refsIn(schemas[name] ?? {}));
  }
  return found;
}
