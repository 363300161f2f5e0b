import type { ContentVariables } from '@promosmith/contract';
import {
  BRAND_FIELDS,
  FILTER_NAMES,
  type KnownNames,
  MESSAGE_FIELDS,
  type StateField,
  stateFields,
  TAGS,
} from '@promosmith/core/content';
import type { Players } from '../players/index.ts';

/** What content of a brand can count on. */
export interface Knowledge {
  readonly labels: ReadonlySet<string>;
  readonly state: readonly StateField[];
}

/** @returns the names of a brand's label tags. */
export type LabelNames = (brandId: string) => Promise<readonly string[]>;

export const createKnowledge =
  (players: Players, labelNames: LabelNames) =>
  async (brandId: string): Promise<Knowledge> => {
    const [labels, catalogue] = await Promise.all([labelNames(brandId), players.catalogue(brandId)]);
    return { labels: new Set(labels), state: stateFields(catalogue) };
  };

export type Know = ReturnType<typeof createKnowledge>;

export const namesOf = ({ labels, state }: Knowledge, event?: readonly string[]): KnownNames => ({
  labels,
  state: new Set(state.map(({ name }) => name)),
  ...(event ? { event: new Set(event) } : {}),
});

export const variablesView = ({ labels, state }: Knowledge): ContentVariables => ({
  state: state.map(({ example, ...field }) => ({
    ...field,
    example: Array.isArray(example) ? [...example] : (example as string | number | boolean),
  })),
  labels: [...labels].sort(),
  brand: [...BRAND_FIELDS],
  message: [...MESSAGE_FIELDS],
  filters: [...FILTER_NAMES],
  tags: [...TAGS],
});
