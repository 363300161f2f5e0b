import type { Answer } from '../../../api/index.ts';
import type { Merged, Stored } from '../../../kit/editing/index.ts';
import { same } from '../graph/compare.ts';
import { placed } from '../graph/layout.ts';
import { merge } from '../graph/merge.ts';
import type { Definition, Product } from '../graph/types.ts';

/** What the editor changes, and saves as one. */
export interface Draft {
  readonly name: string;
  readonly product: Product;
  readonly definition: Definition;
}

/** Every node gets a place, also those that came without: that is no change of the draft. */
export const storedOf = ({ revision, name, product, draft }: Answer<'getJourney'>): Stored<Draft> => ({
  version: revision,
  state: { name, product, definition: placed(draft) },
});

export const isSame = (one: Draft, other: Draft): boolean => one === other || same(one, other);

/** What both wanted; where they wanted different things, what was typed here. */
export function mergeDrafts(base: Draft, theirs: Draft, mine: Draft): Merged<Draft> {
  const { definition, overruled } = merge(base.definition, theirs.definition, mine.definition);
  const name = mine.name === base.name ? theirs.name : mine.name;
  const product = mine.product === base.product ? theirs.product : mine.product;
  return { state: { name, product, definition: placed(definition) }, overruled };
}
