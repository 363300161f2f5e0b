import type { Grant, GrantWithTerms } from '@promosmith/contract';
import { nameOf } from '../activate.ts';
import { h } from '../draw/dom.ts';
import type { TextKey } from '../texts/en.ts';
import type { Language } from '../texts/language.ts';

const OPEN: readonly string[] = ['pending', 'active', 'delivery_failed'];

export const isOpen = ({ status }: Grant): boolean => OPEN.includes(status);

/** A bonus: how far it is, and its terms where they are known. */
export function drawBonus(grant: Grant | GrantWithTerms, language: Language): HTMLElement {
  const { id, status, currency, amount, balance, wagered, wageringRequired, remaining } = grant;
  const { say, money, date } = language;
  const open = isOpen(grant);
  const lines: string[] = [];
  const spins = 'reward' in grant && grant.reward.kind === 'free_spins' ? `${grant.reward.count} × ` : '';
  if (status === 'pending' && grant.kind === 'deposit') lines.push(say('pendingDeposit'));
  if (status === 'active' && amount > 0) lines.push(say('balance', { balance: money(balance, currency) }));
  if (open && grant.expiresAt) lines.push(say('expires', { until: date(grant.expiresAt) }));
  const done = say('wagered', {
    done: money(wagered, currency),
    required: money(wageringRequired, currency),
  });
  const card = h(
    'article',
    { class: 'card', 'aria-labelledby': `name-${id}` },
    h(
      'header',
      {},
      h('h3', { id: `name-${id}` }, spins + nameOf(grant, language)),
      h('span', { class: `status ${status}` }, say(status as TextKey) || say(open ? 'pending' : 'ended')),
    ),
    open &&
      wageringRequired > 0 &&
      h('progress', { class: 'progress', max: wageringRequired, value: wagered, 'aria-label': done }),
    open &&
      wageringRequired > 0 &&
      h(
        'p',
        { class: 'wagering' },
        h('span', {}, done),
        h('span', {}, say('remaining', { remaining: money(remaining, currency) })),
      ),
    lines.length > 0 && h('p', { class: 'facts' }, lines.join(' · ')),
  );
  if ('terms' in grant) {
    card.append(h('p', { class: 'terms', dir: 'auto' }, grant.terms.significant));
    if (grant.terms.full)
      card.append(
        h(
          'details',
          {},
          h('summary', {}, say('terms')),
          h('p', { class: 'full', dir: 'auto' }, grant.terms.full),
        ),
      );
  }
  return card;
}
