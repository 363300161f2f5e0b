import { BRAND_FIELDS, MESSAGE_FIELDS } from '../player-state.ts';
import { compile } from '../template/compile.ts';
import { type VariableUse, variablesOf } from '../template/variables.ts';
import { type Finding, type FindingKey, finding } from './finding.ts';

/** The names that content can count on. */
export interface KnownNames {
  readonly labels: ReadonlySet<string>;
  /** Names of the fields of `state`, see `stateFields`. */
  readonly state: ReadonlySet<string>;
  /** Names of the fields of `event`, where it is known which event it will be. Otherwise any name goes. */
  readonly event?: ReadonlySet<string> | undefined;
  /** Names of the secrets, where templates may ask for any: `secret.<name>`. */
  readonly secrets?: ReadonlySet<string> | undefined;
}

/** What is wrong with one template before it has any values: it cannot be read, or asks for what is not there. */
export function lintTemplate(source: string, known: KnownNames): readonly Finding[] {
  const compiled = compile(source);
  if (!compiled.ok) {
    const { key, message, line, column } = compiled.problem;
    const place = line === undefined ? {} : { line, column };
    return [finding(key === 'too_large' ? 'too_large' : 'syntax', message, place)];
  }
  const found = new Map<string, Finding>();
  for (const use of variablesOf(source)) {
    const unknown = unknownIn(use, known);
    // Said once of each name, where it comes first.
    if (unknown && !found.has(unknown[1]))
      found.set(unknown[1], finding(...unknown, { line: use.line, column: use.column }));
  }
  return [...found.values()];
}

const BRAND = new Set<string>(BRAND_FIELDS);
const MESSAGE = new Set<string>(MESSAGE_FIELDS);

function unknownIn({ path }: VariableUse, known: KnownNames): [FindingKey, string] | undefined {
  const [root = '', field] = path;
  // A whole root, or one whose field is only known when it is rendered, can be anything of it.
  const lacks = (names: ReadonlySet<string> | undefined): boolean =>
    names !== undefined && field !== undefined && !names.has(field);
  switch (root) {
    case 'label':
      return lacks(known.labels) ? ['unknown_label', `There is no label tag ${field}.`] : undefined;
    case 'event':
      return lacks(known.event)
        ? ['unknown_event_field', `The event that moves the player here has no ${field}.`]
        : undefined;
    case 'events':
      return undefined;
    case 'secret':
      if (!known.secrets) return ['unknown_secret', 'Secrets are for webhooks alone.'];
      return field !== undefined && known.secrets.has(field)
        ? undefined
        : ['unknown_secret', `There is no secret ${field ?? 'without a name'}.`];
    case 'state':
      return lacks(known.state) ? ['unknown_variable', `There is no state.${field}.`] : undefined;
    case 'brand':
      return lacks(BRAND) ? ['unknown_variable', `There is no brand.${field}.`] : undefined;
    case 'message':
      return lacks(MESSAGE) ? ['unknown_variable', `There is no message.${field}.`] : undefined;
    default:
      return [
        'unknown_variable',
        `There is no ${root}: values begin with label, state, event, events, brand or message.`,
      ];
  }
}
