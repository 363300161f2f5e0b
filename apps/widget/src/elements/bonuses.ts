import type { GrantWithTerms } from '@promosmith/contract';
import type { Refusal } from '../api/api.ts';
import { createStatus, drawButton, h } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import css from '../styles/bonuses.css';
import { explain } from '../texts/refusals.ts';
import type { Widget } from '../widget.ts';
import { drawBonus, isOpen } from './bonus.ts';
import { drawCashback, type Settlement } from './cashback.ts';
import { define, type Surroundings } from './define.ts';
import { drawGiveUp } from './give-up.ts';

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
    const open = items.filter(isOpen);
    const earlier = items.filter((grant) => !isOpen(grant));
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
      ...withTerms.map((grant) => {
        const card = drawBonus(grant, language);
        card.append(drawGiveUp(widget, grant.id, { signal, refuse, onGone }));
        return card;
      }),
    );
    if (!list.firstChild) list.append(h('p', { class: 'empty' }, say('noBonuses')));
    if (earlier.length > 0)
      list.append(
        h(
          'details',
          { class: 'earlier' },
          h('summary', {}, say('earlier')),
          ...earlier.map((grant) => drawBonus(grant, language)),
        ),
      );
  }

  /** What was pressed is gone: focus does not fall off the page. */
  async function done(text: string): Promise<void> {
    status.show(text);
    heading.focus();
    await load();
  }

  function onGone(grant: GrantWithTerms): Promise<void> {
    emit(host, 'forfeited', grant);
    return done(say('ended'));
  }

  async function claim({ id }: Settlement): Promise<void> {
    const answer = await api.call('POST /v1/cashback/:settlementId/claim', { params: { settlementId: id } });
    if (signal.aborted) return;
    if (answer.ok) {
      emit(host, 'claimed', answer.value);
      await done(`${language.money(answer.value.amount, answer.value.currency)} ✓`);
    } else refuse(answer.refusal);
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
