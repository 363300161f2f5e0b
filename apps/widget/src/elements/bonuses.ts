import type { ForfeitCost, Grant, GrantWithTerms } from '@promosmith/contract';
import { nameOf } from '../activate.ts';
import type { Refusal } from '../api/api.ts';
import { createStatus, drawButton, h, whileBusy } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import css from '../styles/bonuses.css';
import type { TextKey } from '../texts/en.ts';
import { explain } from '../texts/refusals.ts';
import type { Widget } from '../widget.ts';
import { drawCashback, type Settlement } from './cashback.ts';
import { define, type Surroundings } from './define.ts';

const OPEN: readonly string[] = ['pending', 'active', 'delivery_failed'];
const MOST = 50;

/** `<promosmith-bonuses>`: what the player has, how far it is, its terms; cashback to claim; and giving a bonus up. */
export function defineBonuses(widget: Widget): void {
  define('promosmith-bonuses', [css], widget, (surroundings) => draw(widget, surroundings));
}

function draw(widget: Widget, { host, root, signal }: Surroundings) {
  const { api, language, session } = widget;
  const { say } = language;
  const list = h('div', { class: 'list', 'aria-busy': 'true' });
  const status = createStatus();
  const heading = h('h2', { class: 'heading', tabindex: -1 }, say('bonuses'));
  root.append(heading, status.element, list);
  let turn = 0;

  const fail = (refusal: Refusal): void =>
    list.replaceChildren(drawButton('secondary', explain(refusal, language), load));
  const refuse = (refusal: Refusal): void => status.show(explain(refusal, language), false);

  async function load(): Promise<void> {
    turn++;
    const own = turn;
    const [grants, cashback] = await Promise.all([
      api.call('GET /v1/grants', { query: { limit: MOST } }),
      api.call('GET /v1/cashback/settlements', { query: { state: 'claimable' } }),
    ]);
    if (!grants.ok || !cashback.ok) {
      if (own === turn && !signal.aborted)
        fail(grants.ok ? (cashback as { refusal: Refusal }).refusal : grants.refusal);
      list.ariaBusy = null;
      return;
    }
    const { items } = grants.value;
    const open = items.filter(({ status }) => OPEN.includes(status));
    const earlier = items.filter((grant) => !open.includes(grant));
    const withTerms = await Promise.all(
      open.map(async (grant) => {
        const answer = await api.call('GET /v1/grants/:grantId', { params: { grantId: grant.id } });
        return answer.ok ? answer.value : grant;
      }),
    );
    // Another player, or a later look.
    if (own !== turn || signal.aborted) return;
    list.ariaBusy = null;
    list.replaceChildren(
      ...cashback.value.items.map((settlement) =>
        drawCashback(settlement, language, () => claim(settlement)),
      ),
      ...withTerms.map((grant) => drawGrant(grant)),
    );
    if (!list.firstChild) list.append(h('p', { class: 'empty' }, say('noBonuses')));
    if (earlier.length > 0)
      list.append(
        h(
          'details',
          { class: 'earlier' },
          h('summary', {}, say('earlier')),
          ...earlier.map((grant) => drawGrant(grant)),
        ),
      );
  }

  /** What was pressed is gone: focus does not fall off the page. */
  async function done(text: string): Promise<void> {
    status.show(text);
    heading.focus();
    await load();
  }

  async function claim({ id }: Settlement): Promise<void> {
    const answer = await api.call('POST /v1/cashback/:settlementId/claim', { params: { settlementId: id } });
    if (signal.aborted) return;
    if (answer.ok) {
      emit(host, 'claimed', answer.value);
      await done(`${language.money(answer.value.amount, answer.value.currency)} ✓`);
    } else refuse(answer.refusal);
  }

  function drawGrant(grant: Grant | GrantWithTerms): HTMLElement {
    const { id, status, currency, amount, balance, wagered, wageringRequired, remaining } = grant;
    const { money, date } = language;
    const isOpen = OPEN.includes(status);
    const lines: string[] = [];
    const spins = 'reward' in grant && grant.reward.kind === 'free_spins' ? `${grant.reward.count} × ` : '';
    if (status === 'pending' && grant.kind === 'deposit') lines.push(say('pendingDeposit'));
    if (status === 'active' && amount > 0) lines.push(say('balance', { balance: money(balance, currency) }));
    if (isOpen && grant.expiresAt) lines.push(say('expires', { until: date(grant.expiresAt) }));
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
        h('span', { class: `status ${status}` }, say(status as TextKey) || say(isOpen ? 'pending' : 'ended')),
      ),
      isOpen &&
        wageringRequired > 0 &&
        h('progress', { class: 'progress', max: wageringRequired, value: wagered, 'aria-label': done }),
      isOpen &&
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
    if (isOpen) card.append(drawGiveUp(grant));
    return card;
  }

  function drawGiveUp({ id }: Grant): HTMLElement {
    const box = h('div', { class: 'give-up' });
    const ask = drawButton('quiet', say('giveUp'), preview);
    box.append(ask);

    async function preview(): Promise<void> {
      const answer = await api.call('GET /v1/grants/:grantId/forfeit', { params: { grantId: id } });
      if (signal.aborted) return;
      if (!answer.ok) {
        refuse(answer.refusal);
        return;
      }
      const keep = drawButton('secondary', say('cancel'), back);
      const yes = drawButton('danger', say('giveUp'), () => whileBusy(yes, giveUp));
      box.replaceChildren(
        h(
          'div',
          { role: 'group', 'aria-labelledby': `ask-${id}`, class: 'ask' },
          h('p', { id: `ask-${id}` }, costOf(answer.value)),
          h('div', { class: 'row' }, keep, yes),
        ),
      );
      keep.focus();
    }
    function back(): void {
      box.replaceChildren(ask);
      ask.focus();
    }
    async function giveUp(): Promise<void> {
      const answer = await api.call('POST /v1/grants/:grantId/forfeit', { params: { grantId: id } });
      if (signal.aborted) return;
      if (answer.ok) {
        emit(host, 'forfeited', answer.value);
        await done(say('ended'));
      } else refuse(answer.refusal);
    }
    return box;
  }

  function costOf({ currency, balanceLost, turnoverLost, realKept }: ForfeitCost): string {
    const { money } = language;
    const lost = { balance: money(balanceLost, currency), turnover: money(turnoverLost, currency) };
    const kept = realKept ? say('giveUpKept', { real: money(realKept, currency) }) : '';
    return `${say('giveUpAsk', lost)} ${kept}`;
  }

  if (session.signedIn()) void load();
  else {
    list.ariaBusy = null;
    list.append(h('p', { class: 'empty' }, say('signIn')));
  }
  const again = () => void (session.signedIn() && !document.hidden && load());
  document.addEventListener('visibilitychange', again, { signal });
  // A code that was accepted anywhere on the page.
  addEventListener('promosmith:activated', again, { signal });
  return { refresh: again };
}
