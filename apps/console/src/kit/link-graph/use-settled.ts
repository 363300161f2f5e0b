import { useEffect, useRef, useState } from 'react';
import type { LinkGraph } from './graph.ts';
import { type Places, settle } from './layout.ts';

/** Of each frame; the rest is the page's. */
const WORK_MS = 9;
/** Between two pictures while nodes still move. */
const PICTURE_MS = 60;

/** Where nodes are, while they settle and after. A graph that grew settles from where it was. */
export function useSettled(graph: LinkGraph): { readonly places: Places; readonly isSettling: boolean } {
  const [places, setPlaces] = useState<Places>(new Map());
  const [isSettling, setSettling] = useState(true);
  const latest = useRef(places);
  useEffect(() => {
    const settling = settle(graph, latest.current);
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    let shownAt = performance.now();
    let frame = 0;
    const show = () => {
      latest.current = settling.places();
      setPlaces(latest.current);
    };
    const work = () => {
      const began = performance.now();
      let moves = true;
      while (moves && performance.now() - began < WORK_MS) moves = settling.step();
      if (!moves) {
        show();
        setSettling(false);
        return;
      }
      if (!isStill && began - shownAt > PICTURE_MS) {
        show();
        shownAt = began;
      }
      frame = requestAnimationFrame(work);
    };
    setSettling(true);
    frame = requestAnimationFrame(work);
    return () => cancelAnimationFrame(frame);
  }, [graph]);
  return { places, isSettling };
}
