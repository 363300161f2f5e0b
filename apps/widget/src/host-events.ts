/** Tells the page: an event that leaves the shadow tree. @returns false when the page says that it sees to it itself. */
export const emit = (target: EventTarget, name: string, detail: object): boolean =>
  target.dispatchEvent(
    new CustomEvent(`promosmith:${name}`, { detail, bubbles: true, composed: true, cancelable: true }),
  );
