import { html } from '../html.ts';
import type { Site } from '../server.ts';

/** Both pages are the widget's: the casino gives it room, a title, and nothing else. */
export function mountBonuses({ forPlayers }: Site): void {
  forPlayers('get', '/bonuses', ({ show }) =>
    show({
      title: 'My bonuses',
      menu: '/bonuses',
      body: html`<h1>Bonuses and codes</h1>
<section aria-label="Enter a code"><promosmith-code channel="account" label="A promo code"></promosmith-code></section>
<section aria-label="Bonuses"><promosmith-bonuses></promosmith-bonuses></section>
<noscript><p class="notice plain">Your bonuses are shown by a script, which your browser does not run.</p></noscript>`,
    }),
  );

  forPlayers('get', '/inbox', ({ show }) =>
    show({
      title: 'Inbox',
      menu: '/inbox',
      body: html`<h1 class="hidden">Your inbox</h1>
<promosmith-inbox></promosmith-inbox>
<noscript><p class="notice plain">Your messages are shown by a script, which your browser does not run.</p></noscript>`,
    }),
  );
}
