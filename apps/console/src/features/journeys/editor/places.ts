/** The parts of the editor that the keys walk through, in their order. */
const PLACES = ['palette', 'graph', 'inspector', 'problems'] as const;
export type Place = (typeof PLACES)[number];

const FIELD = 'input:not([type="hidden"]):not(:disabled), textarea, select';
const REACHED = `${FIELD}, button:not(:disabled), a[href], [tabindex="0"]`;

/** Where the keys go on in each of them, the first that is there. */
const STARTS: Readonly<Record<Place, readonly string[]>> = {
  palette: [REACHED],
  graph: [
    '.react-flow__node.selected',
    '.react-flow__edge.selected',
    '[aria-pressed="true"]',
    '.react-flow__node',
    REACHED,
  ],
  inspector: [FIELD, REACHED],
  problems: [REACHED],
};

const startOf = (place: Place): HTMLElement | null | undefined => {
  const part = document.querySelector(`[data-place="${place}"]`);
  return STARTS[place].map((selector) => part?.querySelector<HTMLElement>(selector)).find((start) => start);
};

/** Once what was done last is on the screen. */
const soon = (act: () => void): void => void requestAnimationFrame(act);

export const goTo = (place: Place): void => soon(() => startOf(place)?.focus());

/** Goes on at a node of the canvas. */
export const goToNode = (id: string): void =>
  soon(() => document.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus());

/** Goes to where a connector of the node that is picked says what it leads to. @param nth from 0. */
export const goToWays = (nth: number): void =>
  soon(() => {
    const ways = document.querySelectorAll<HTMLElement>('[data-ways] input:not([type="hidden"])');
    (ways[nth] ?? ways[0])?.focus();
  });

/** From the part that the keys are in to the next one that there is, or the one before. */
export function goOn(by: 1 | -1): void {
  const focused = document.activeElement;
  if (focused?.closest('[role="dialog"]')) return;
  const at = focused?.closest<HTMLElement>('[data-place]')?.dataset.place;
  const places = by === 1 ? PLACES : PLACES.toReversed();
  const now = places.indexOf(at as Place);
  const next = [...places.slice(now + 1), ...places.slice(0, now + 1)].map(startOf).find((start) => start);
  next?.focus();
}
