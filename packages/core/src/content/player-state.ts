import type { Catalogue, Fact, FactType } from '../rules/index.ts';
import type { Json } from './template/scope.ts';

/** A value of the player that content may use as `state.<name>`. */
export interface StateField {
  /** Flat, after `state.`: `user_country`. */
  readonly name: string;
  readonly type: FactType;
  readonly label: string;
  readonly example: Fact['example'];
  /** `minor`: write it with `| money`. */
  readonly unit?: 'minor';
}

const EXTERNAL_ID: StateField = {
  name: 'user_ext_id',
  type: 'string',
  label: 'The platform’s own id of the player',
  example: 'p-1042',
};

/**
 * Everything content may know of a player: the facts about players that rules know, under flat names, the brand's
 * registered properties among them (`state.user_property_<name>`), and the platform's own id.
 */
export function stateFields({ facts }: Catalogue): readonly StateField[] {
  const ofPlayer = facts.filter(({ name }) => name.startsWith('player.'));
  return [EXTERNAL_ID, ...ofPlayer.map(fieldOf)];
}

const fieldOf = ({ name, type, label, example, unit }: Fact): StateField => ({
  ...{ name: flatName(name), type, label, example },
  ...(unit ? { unit } : {}),
});

const flatName = (fact: string): string =>
  fact.replace(/^player\.(properties\.)?/, (_, property) => (property ? 'user_property_' : 'user_'));

/** A fact as a feature knows it; instants may be dates. */
type FactValue = Date | Json | undefined;

/**
 * What `state` holds for a player.
 * @param facts of the player by their short names, as rules read them under `player.`; `properties` by name.
 */
export function playerState(
  externalId: string,
  facts: Readonly<Record<string, FactValue>> & { readonly properties?: Readonly<Record<string, Json>> },
): Record<string, Json> {
  const { properties = {}, ...own } = facts;
  const state: Record<string, Json> = { [EXTERNAL_ID.name]: externalId };
  for (const [name, value] of Object.entries(own)) state[flatName(`player.${name}`)] = jsonOf(value);
  for (const [name, value] of Object.entries(properties))
    state[flatName(`player.properties.${name}`)] = value;
  return state;
}

const jsonOf = (value: FactValue): Json => (value instanceof Date ? value.toISOString() : (value ?? null));

/** What `brand` and `message` hold, whoever the player is. */
export const BRAND_FIELDS = ['name', 'currency', 'time_zone'] as const;
/** `unsubscribe_url` is there for email alone; `expires_at` is when a popup or an inbox message is shown no more. */
export const MESSAGE_FIELDS = ['id', 'sent_at', 'expires_at', 'unsubscribe_url'] as const;
