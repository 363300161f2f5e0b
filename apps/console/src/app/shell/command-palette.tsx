import { spotlight } from '@mantine/spotlight';
import { lazy, Suspense, useEffect, useState } from 'react';

/** The palette is loaded when it is first opened. */
const Palette = lazy(async () => ({ default: (await import('./palette.tsx')).Palette }));

const OPEN = 'promosmith:palette';

export const openPalette = (): void => {
  window.dispatchEvent(new Event(OPEN));
};

const isShortcut = ({ key, ctrlKey, metaKey, target }: KeyboardEvent): boolean => {
  if (key === 'k' && (ctrlKey || metaKey)) return true;
  const isTyping = target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  return key === '/' && !isTyping && !(target instanceof HTMLElement && target.isContentEditable);
};

/** Ctrl+K or a slash: any room, player, code, campaign or activation, from anywhere. */
export function CommandPalette() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    const open = () => {
      setWanted(true);
      spotlight.open();
    };
    const press = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      open();
    };
    window.addEventListener(OPEN, open);
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener(OPEN, open);
      window.removeEventListener('keydown', press);
    };
  }, []);
  return <Suspense>{isWanted && <Palette />}</Suspense>;
}
