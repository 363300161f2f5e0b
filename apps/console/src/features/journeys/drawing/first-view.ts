import { useMatches } from '@mantine/core';

export type View = 'canvas' | 'list';

/** What a graph is first shown as: on a phone nobody reads what is on the cards of a canvas. */
export const useFirstView = (): View =>
  useMatches({ base: 'list', sm: 'canvas' }, { getInitialValueInEffect: false });
