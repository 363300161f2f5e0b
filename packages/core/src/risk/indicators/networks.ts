import type { AddressKnown, NetworkKind } from '../known.ts';

/**
 * Networks that tell nothing of who uses them. A mobile network gives thousands of its subscribers one address, and the
 * private relay that comes with a telephone hides the address of everybody who leaves it as it was. Operators' files
 * name both; lists of data centres and VPNs often name them as well, which then counts for nothing.
 */
const OF_EVERYBODY: readonly NetworkKind[] = ['mobile', 'relay'];

export const isOfEverybody = ({ kinds }: Pick<AddressKnown, 'kinds'>): boolean =>
  kinds.some((kind) => OF_EVERYBODY.includes(kind));

/** Whether the address is of a network of the kind, and the kind says something. */
export const isThrough = (address: AddressKnown | null, kind: NetworkKind): boolean =>
  address?.kinds.includes(kind) === true && !isOfEverybody(address);
