import { type RefObject, useEffect, useRef } from 'react';
import type { Step } from './draft/steps.ts';

/** A step begins at its heading: what follows is read and reached from there. */
export function useHeadingFocus(step: Step): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus();
  }, [step]);
  return heading;
}
