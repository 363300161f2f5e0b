import { type PointerEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { Places, Point } from './layout.ts';
import { bringIntoSight, fit, move, type Size, type View, zoomAt } from './view.ts';

/** How much nearer one turn of the wheel by 100 pixels goes. */
const WHEEL = 1.2;
/** Pixels within which a press is a click and no drag. */
const STILL = 4;

const pointOf = ({ clientX, clientY }: { clientX: number; clientY: number }, frame: Element): Point => {
  const { left, top } = frame.getBoundingClientRect();
  return { x: clientX - left, y: clientY - top };
};

const middle = (one: Point, other: Point): Point => ({ x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 });
const distance = (one: Point, other: Point): number => Math.hypot(one.x - other.x, one.y - other.y);

/**
 * Looking at a drawing: dragged, pinched, or zoomed by the wheel with Ctrl. A bare wheel scrolls the page. Everything is
 * in sight until somebody looks closer.
 */
export function useView(frame: RefObject<SVGSVGElement | null>, places: Places, size: Size) {
  const [chosen, setChosen] = useState<View>();
  const view = chosen ?? fit(places, size);
  const latest = useRef(view);
  latest.current = view;
  const fingers = useRef(new Map<number, Point>());
  const travelled = useRef(0);

  useEffect(() => {
    const drawing = frame.current;
    // React listens to the wheel in a way that cannot keep the page from zooming.
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      setChosen(
        zoomAt(latest.current, WHEEL ** (-event.deltaY / 100), pointOf(event, drawing ?? document.body)),
      );
    };
    drawing?.addEventListener('wheel', onWheel, { passive: false });
    return () => drawing?.removeEventListener('wheel', onWheel);
  }, [frame]);

  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const before = fingers.current.get(event.pointerId);
    if (!before) return;
    const now = pointOf(event, event.currentTarget);
    const other = [...fingers.current].find(([id]) => id !== event.pointerId)?.[1];
    fingers.current.set(event.pointerId, now);
    travelled.current += distance(before, now);
    if (travelled.current < STILL) return;
    // From here on releasing clicks nothing.
    if (!event.currentTarget.hasPointerCapture(event.pointerId))
      event.currentTarget.setPointerCapture(event.pointerId);
    const [from, to] = other ? [middle(before, other), middle(now, other)] : [before, now];
    const moved = move(latest.current, { x: to.x - from.x, y: to.y - from.y });
    setChosen(other ? zoomAt(moved, distance(now, other) / Math.max(distance(before, other), 1), to) : moved);
  };
  const release = ({ pointerId }: PointerEvent) => fingers.current.delete(pointerId);

  return {
    view,
    zoom: (times: number) =>
      setChosen(zoomAt(latest.current, times, { x: size.width / 2, y: size.height / 2 })),
    fitAll: () => setChosen(undefined),
    show: (place: Point) => {
      const next = bringIntoSight(latest.current, place, size);
      if (next.x !== latest.current.x || next.y !== latest.current.y) setChosen(next);
    },
    handlers: {
      onPointerDown: (event: PointerEvent<SVGSVGElement>) => {
        if (event.button !== 0) return;
        if (fingers.current.size === 0) travelled.current = 0;
        fingers.current.set(event.pointerId, pointOf(event, event.currentTarget));
      },
      onPointerMove,
      onPointerUp: release,
      onPointerCancel: release,
      onPointerLeave: release,
    },
  };
}
