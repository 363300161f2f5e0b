import { useEffect } from 'react';

const SCHEME = 'data-mantine-color-scheme';
const LIGHT = 'light';

/** Paper is white: what is dark on the screen is printed light. */
export function usePrintedLight(): void {
  useEffect(() => {
    const root = document.documentElement;
    let shown: string | null = null;
    const lighten = () => {
      if (root.getAttribute(SCHEME) === LIGHT) return;
      shown = root.getAttribute(SCHEME);
      root.setAttribute(SCHEME, LIGHT);
    };
    const restore = () => {
      if (shown !== null) root.setAttribute(SCHEME, shown);
      shown = null;
    };
    window.addEventListener('beforeprint', lighten);
    window.addEventListener('afterprint', restore);
    return () => {
      restore();
      window.removeEventListener('beforeprint', lighten);
      window.removeEventListener('afterprint', restore);
    };
  }, []);
}
