import { createCurrencyTable } from '../../money/index.ts';
import type { Reader } from '../document/render.ts';
import type { Format } from '../formatting/index.ts';
import { renderTemplate } from '../template/render.ts';
import { type ScopeInput, scopeOf } from '../template/scope.ts';
import type { ContextName } from '../writers/index.ts';

const table = createCurrencyTable([{ code: 'GEMS1', exponent: 0 }]);
if (!table.ok) throw new Error(table.refusal.message);

export const FORMAT: Format = {
  locale: 'en',
  timeZone: 'Europe/Malta',
  currencies: table.value,
  currency: 'EUR',
};

/** What a template comes out as; of one that does not, the problem. */
export function render(
  source: string,
  { as = 'plain', format = {}, ...scope }: ScopeInput & { as?: ContextName; format?: Partial<Format> } = {},
) {
  const rendering = renderTemplate(source, as, scopeOf(scope), { ...FORMAT, ...format });
  return rendering.ok ? rendering.text : rendering.problem;
}

/** A reader with everything the ready-made documents ask for. */
export const reader = (change: Partial<Reader> = {}): Reader => ({
  ...{ locale: 'en', timeZone: 'Europe/Malta', currencies: FORMAT.currencies, currency: 'EUR' },
  scope: {
    label: { promo_code: 'AB12CD' },
    state: { user_ext_id: 'p-1', user_deposit_count: 3 },
    event: { amount: 1250, currency: 'EUR' },
    brand: { name: 'Lucky & Sons', currency: 'EUR', time_zone: 'Europe/Malta' },
    message: {
      id: 'm-1',
      expires_at: '2026-03-08T10:00:00.000Z',
      unsubscribe_url: 'https://casino.example/u?t=1&x=2',
    },
  },
  ...change,
});
