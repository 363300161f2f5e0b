/** Things of text and numbers, part by part: what differs, and both of two changes in one. */

/** Which version of a part a merge took, where it could not take both. */
export interface Merged<State> {
  readonly state: State;
  /** Paths of parts that both changed, each in another way: what was typed here stands. */
  readonly overruled: readonly string[];
}

/** One part that is not the same any more. Undefined: it is not there. */
export interface Difference {
  /** Such as `blocks.offer.text`. */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

type Parts = Readonly<Record<string, unknown>>;

const isParts = (value: unknown): value is Parts =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const hasId = (value: unknown): value is Parts & { readonly id: string } =>
  isParts(value) && typeof value.id === 'string';

/** Lists of things with ids are told apart by these, not by their places. */
const asListed = (value: unknown): readonly (Parts & { readonly id: string })[] | undefined =>
  Array.isArray(value) && value.every(hasId) ? value : undefined;

export const isEqual = (one: unknown, other: unknown): boolean => {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => isEqual(item, other[at]));
  if (!isParts(one) || !isParts(other)) return false;
  return namesIn(one, other).every((name) => isEqual(one[name], other[name]));
};

const namesIn = (...all: readonly Parts[]): readonly string[] => [
  ...new Set(all.flatMap((parts) => Object.keys(parts))),
];

/** Things of another kind have other parts: they are taken as a whole. */
const areAlike = (one: Parts, other: Parts): boolean => one.kind === other.kind && one.type === other.type;

const pathTo = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`);

const byId = (list: readonly (Parts & { readonly id: string })[]): Parts =>
  Object.fromEntries(list.map((item) => [item.id, item]));

/**
 * Both changes of what was the same once; where they contradict each other, `mine`.
 * @param base what both began with.
 */
export function merge<State>(base: State, theirs: State, mine: State): Merged<State> {
  const overruled: string[] = [];
  // The three are of one type, and so is what is put together of their parts.
  const state = three(base, theirs, mine, '', overruled) as State;
  return { state, overruled };
}

function three(base: unknown, theirs: unknown, mine: unknown, path: string, overruled: string[]): unknown {
  if (isEqual(mine, base) || isEqual(mine, theirs)) return theirs;
  if (isEqual(theirs, base)) return mine;
  const [was, here, there] = [asListed(base), asListed(mine), asListed(theirs)];
  if (was && here && there) return threeLists(was, there, here, path, overruled);
  if (isParts(base) && isParts(theirs) && isParts(mine) && areAlike(mine, theirs))
    return threeParts(base, theirs, mine, path, overruled);
  overruled.push(path);
  return mine;
}

function threeParts(base: Parts, theirs: Parts, mine: Parts, path: string, overruled: string[]): Parts {
  const names = namesIn(mine, theirs);
  const entries = names.map((name) => [
    name,
    three(base[name], theirs[name], mine[name], pathTo(path, name), overruled),
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function threeLists(
  base: readonly (Parts & { readonly id: string })[],
  theirs: readonly (Parts & { readonly id: string })[],
  mine: readonly (Parts & { readonly id: string })[],
  path: string,
  overruled: string[],
): readonly unknown[] {
  const items = threeParts(byId(base), byId(theirs), byId(mine), path, overruled);
  const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);
  const [order, others] = isEqual(ids(mine), ids(base)) ? [ids(theirs), ids(mine)] : [ids(mine), ids(theirs)];
  // What only the other side has follows what it followed there.
  const placed = [...order];
  others.forEach((id, at) => {
    if (placed.includes(id)) return;
    const before = others[at - 1];
    placed.splice(before === undefined ? 0 : placed.indexOf(before) + 1, 0, id);
  });
  return placed.flatMap((id) => (items[id] === undefined ? [] : [items[id]]));
}

/** What is not the same in both, part by part. */
export function differences(before: unknown, after: unknown, path = ''): readonly Difference[] {
  if (isEqual(before, after)) return [];
  const [was, is] = [asListed(before), asListed(after)];
  if (was && is) {
    const isSameOrder = isEqual(
      was.map(({ id }) => id),
      is.map(({ id }) => id),
    );
    const order: readonly Difference[] = isSameOrder
      ? []
      : [{ path, before: was.map(({ id }) => id), after: is.map(({ id }) => id) }];
    return [...order, ...differences(byId(was), byId(is), path)];
  }
  if (isParts(before) && isParts(after) && areAlike(before, after))
    return namesIn(before, after).flatMap((name) =>
      differences(before[name], after[name], pathTo(path, name)),
    );
  return [{ path, before, after }];
}
