import type { Run } from './frame.ts';

/** `&&`: false wins over unknown, whichever side it is on. */
export const and =
  (left: Run, right: Run): Run =>
  (frame) => {
    const a = left(frame);
    if (a === false) return false;
    const b = right(frame);
    if (b === false) return false;
    return a === undefined || b === undefined ? undefined : true;
  };

/** `||`: true wins over unknown, whichever side it is on. */
export const or =
  (left: Run, right: Run): Run =>
  (frame) => {
    const a = left(frame);
    if (a === true) return true;
    const b = right(frame);
    if (b === true) return true;
    return a === undefined || b === undefined ? undefined : false;
  };

export const not =
  (operand: Run): Run =>
  (frame) => {
    const value = operand(frame);
    return value === undefined ? undefined : value === false;
  };

/** `?:`: unknown when the test is, as in CEL, where an error in the test is the result. */
export const choice =
  (test: Run, yes: Run, no: Run): Run =>
  (frame) => {
    const chosen = test(frame);
    if (chosen === undefined) return undefined;
    return chosen === true ? yes(frame) : no(frame);
  };
