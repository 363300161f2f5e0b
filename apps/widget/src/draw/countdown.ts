import type { BlockOf } from '../live/messages.ts';
import { h } from './dom.ts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** The time left to an instant, second by second; then the words for that it is over. */
export function drawCountdown(
  { until, label, endedLabel }: BlockOf<'countdown'>,
  { locale, now, signal }: { locale: string; now(): number; signal: AbortSignal },
): HTMLElement {
  const end = Date.parse(until);
  const long = end - now() >= UNITS[0][1];
  const units = UNITS.slice(long ? 0 : 1).map(([unit, ms], n) => {
    const format = new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: 'short',
      minimumIntegerDigits: n > 0 ? 2 : 1,
    });
    return { ms, format, number: h('b'), name: h('small') };
  });
  const clock = h(
    'div',
    { class: 'clock', role: 'timer', 'aria-label': label || undefined },
    ...units.map(({ number, name }) => h('span', {}, number, name)),
  );
  const ended = h('p', { class: 'ended', hidden: true }, endedLabel);

  function tick(): void {
    let left = Math.max(0, end - now() || 0);
    clock.hidden = left === 0;
    ended.hidden = left > 0;
    if (left === 0) clearInterval(timer);
    for (const { ms, format, number, name } of units) {
      const parts = format.formatToParts(Math.floor(left / ms));
      left %= ms;
      const text = (wanted: boolean) =>
        parts
          .filter(({ type }) => (type === 'unit') === wanted && type !== 'literal')
          .map(({ value }) => value)
          .join('');
      number.textContent = text(false);
      name.textContent = text(true);
    }
  }
  const timer = setInterval(tick, 1_000);
  signal.addEventListener('abort', () => clearInterval(timer));
  tick();
  return h('div', { class: 'countdown' }, label && h('p', {}, label), clock, ended);
}
