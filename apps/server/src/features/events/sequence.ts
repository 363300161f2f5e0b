/** Where an event stands in its brand's feed: the position of its outbox row, and its index in the row. */
export interface Place {
  position: number;
  index: number;
}

/** Before every event. */
export const START: Place = { position: 0, index: 0 };

/** Behind every event of a row. */
export const endOf = (position: number): Place => ({ position, index: 999_999 });

export const sequenceOf = ({ position, index }: Place): string =>
  `${String(position).padStart(16, '0')}.${String(index).padStart(6, '0')}`;

/** @param sequence as the contract's EventSequence has checked it. */
export function placeOf(sequence: string): Place {
  const [position, index] = sequence.split('.');
  return { position: Number(position), index: Number(index) };
}

/** Negative when `a` comes first. */
export const comparePlaces = (a: Place, b: Place): number => a.position - b.position || a.index - b.index;
