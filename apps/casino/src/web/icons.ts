import type { SlotSymbol } from '../games/slot.ts';
import { type Html, html } from './html.ts';

const SHAPES: Readonly<Record<SlotSymbol, Html>> = {
  seven: html`<path d="M14 12h36v9C41 31 36 41 34 54H21c2-13 7-23 15-31H14z" fill="#d7263d"/><path d="M14 12h36v5H14z" fill="#f46a7b"/>`,
  lantern: html`<path d="M24 12a8 8 0 0 1 16 0" fill="none" stroke="#8a5a12" stroke-width="4"/><rect x="18" y="12" width="28" height="7" rx="3" fill="#8a5a12"/><path d="M18 21h28l4 26H14z" fill="#f6c445"/><path d="M32 25c6 7 7 10 7 13a7 7 0 0 1-14 0c0-3 1-6 7-13z" fill="#f08a24"/><rect x="13" y="47" width="38" height="7" rx="3" fill="#8a5a12"/>`,
  bell: html`<path d="M32 9a4 4 0 0 1 4 4c8 2 12 9 12 18 0 8 2 11 5 14H11c3-3 5-6 5-14 0-9 4-16 12-18a4 4 0 0 1 4-4z" fill="#eab308"/><path d="M22 30c0-7 3-11 7-13" fill="none" stroke="#fde68a" stroke-width="3" stroke-linecap="round"/><rect x="9" y="44" width="46" height="6" rx="3" fill="#b98508"/><circle cx="32" cy="54" r="5" fill="#b98508"/>`,
  clover: html`<g fill="#1f9d55"><circle cx="24" cy="21" r="10"/><circle cx="40" cy="21" r="10"/><circle cx="22" cy="36" r="10"/><circle cx="42" cy="36" r="10"/></g><path d="M32 28c0 12 1 20 8 28" fill="none" stroke="#14713c" stroke-width="4" stroke-linecap="round"/>`,
  cherry: html`<path d="M22 40C24 26 32 16 46 11M44 42C44 28 44 20 46 11" fill="none" stroke="#3f7d20" stroke-width="3.5" stroke-linecap="round"/><path d="M46 11c-9-3-16 0-19 6 8 2 15 0 19-6z" fill="#5aa02c"/><circle cx="20" cy="45" r="11" fill="#c81e3a"/><circle cx="44" cy="47" r="11" fill="#c81e3a"/><circle cx="16" cy="41" r="3" fill="#f59aa8"/><circle cx="40" cy="43" r="3" fill="#f59aa8"/>`,
  plum: html`<path d="M32 17c14 0 21 9 21 20S43 56 32 56 11 48 11 37s7-20 21-20z" fill="#7b3fa0"/><path d="M32 18c-4 9-5 22 0 37" fill="none" stroke="#5b2a7a" stroke-width="3"/><path d="M32 18c0-5 3-9 8-11" fill="none" stroke="#6b4423" stroke-width="3.5" stroke-linecap="round"/><path d="M38 13c5-5 11-4 14-1-4 5-9 5-14 1z" fill="#5aa02c"/><ellipse cx="21" cy="30" rx="4" ry="6" fill="#a974c9"/>`,
  lemon: html`<path d="M50 14c5 5 4 10 3 13 1 9-2 17-8 22-7 6-17 7-24 5-3 1-6 1-9-2s-3-6-2-9C8 36 9 26 15 20c6-7 15-9 23-8 4-2 8-2 12 2z" fill="#facc15"/><path d="M18 38c0-9 5-15 13-17" fill="none" stroke="#fef3a8" stroke-width="4" stroke-linecap="round"/><path d="M42 11c2-4 6-6 11-6 0 5-3 9-7 10z" fill="#5aa02c"/>`,
};

/** A symbol of the slot. */
export const symbolIcon = (name: SlotSymbol): Html =>
  html`<svg viewBox="0 0 64 64" role="img" aria-label="${name}" class="symbol">${SHAPES[name]}</svg>`;

/** The sign of the house. */
export const lantern = (): Html =>
  html`<svg viewBox="0 0 64 64" aria-hidden="true" class="mark">${SHAPES.lantern}</svg>`;

/** The picture of the slot in the lobby. */
export const slotPicture = (): Html =>
  html`<svg viewBox="0 0 320 180" aria-hidden="true" class="picture"><rect width="320" height="180" fill="#0d5c63"/><circle cx="290" cy="20" r="90" fill="#11737b"/><circle cx="20" cy="180" r="80" fill="#0a4a50"/><g fill="#fff8ea"><rect x="52" y="42" width="64" height="96" rx="10"/><rect x="128" y="42" width="64" height="96" rx="10"/><rect x="204" y="42" width="64" height="96" rx="10"/></g>${(['cherry', 'seven', 'lemon'] as const).map((name, i) => html`<svg x="${56 + 76 * i}" y="62" width="56" height="56" viewBox="0 0 64 64">${SHAPES[name]}</svg>`)}</svg>`;

const WEDGES = Array.from({ length: 24 }, (_, i) => {
  const [from, to] = [i, i + 1].map((at) => (at / 24) * 2 * Math.PI) as [number, number];
  const point = (angle: number) =>
    `${(70 * Math.cos(angle)).toFixed(1)} ${(70 * Math.sin(angle)).toFixed(1)}`;
  return {
    path: `M0 0 L${point(from)} A70 70 0 0 1 ${point(to)} Z`,
    fill: i === 0 ? '#1f9d55' : i % 2 ? '#c81e3a' : '#1d1d24',
  };
});

/** The picture of the roulette in the lobby. */
export const wheelPicture = (): Html =>
  html`<svg viewBox="0 0 320 180" aria-hidden="true" class="picture"><rect width="320" height="180" fill="#4a1d2e"/><circle cx="20" cy="10" r="80" fill="#5e2439"/><circle cx="300" cy="180" r="90" fill="#3a1524"/><g transform="translate(160 90)"><circle r="80" fill="#b98508"/>${WEDGES.map(({ path, fill }) => html`<path d="${path}" fill="${fill}"/>`)}<circle r="44" fill="#6b3f16"/><circle r="30" fill="#8a5a22"/><circle r="9" fill="#eab308"/><circle cx="40" cy="-38" r="6" fill="#fff"/></g></svg>`;
