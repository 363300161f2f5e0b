import type { Notice } from '../accounts/notices.ts';
import type { Visitor } from '../accounts/sessions.ts';
import type { Casino } from '../casino.ts';
import { euros } from '../money.ts';
import { assetPath } from './assets.ts';
import { type Html, html } from './html.ts';
import { lantern } from './icons.ts';

export const SITE = 'Lantern Bay';

export interface Page {
  title: string;
  /** Path of the entry of the menu it belongs to. */
  menu?: string;
  body: Html;
  /** Files of `public/` besides those of every page. */
  scripts?: readonly string[];
}

/** What every page shows of whoever looks at it. */
export interface Frame {
  visitor: Visitor;
  /** What forms carry. */
  formToken: string;
  /** Cents; undefined while the wallet cannot be asked. */
  balance: { real: number; bonus: number } | undefined;
  notices: readonly Notice[];
}

const FOR_ALL: Menu = [['/', 'Games']];
const FOR_PLAYERS: Menu = [
  ['/', 'Games'],
  ['/cashier', 'Cashier'],
  ['/bonuses', 'My bonuses'],
  ['/inbox', 'Inbox'],
  ['/platform', 'Platform side'],
];
type Menu = readonly (readonly [path: string, label: string])[];

/** The later ones go before the earlier. */
const STYLES = ['site.css', 'forms.css', 'lobby.css', 'games.css', 'widget.css'];

/** How many messages wait; a script fills it in. */
const UNREAD = html`<span class="badge" data-unread hidden></span>`;

/** A whole page of the site. */
export function layout({ config }: Casino, frame: Frame, page: Page): string {
  const { player } = frame.visitor;
  return `<!doctype html>
${
  html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} · ${SITE}</title>
<link rel="icon" href="${assetPath('icon.svg')}" type="image/svg+xml">
${STYLES.map((name) => html`<link rel="stylesheet" href="${assetPath(name)}">`)}
<script src="${assetPath('promosmith.js')}" data-player="${player?.playerId ?? ''}"></script>
<script async src="${config.promosmithPublicUrl}/widget.js" data-key="${config.promosmithPublishableKey}"></script>
<script type="module" src="${assetPath('casino.js')}"></script>
${page.scripts?.map((name) => html`<script type="module" src="${assetPath(name)}"></script>`)}
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <div class="bar">
    <a class="brand" href="/">${lantern()}<span>${SITE}</span></a>
    ${account(frame)}
  </div>
  <nav aria-label="Main"><ul>
    ${(player ? FOR_PLAYERS : FOR_ALL).map(
      ([path, label]) =>
        html`<li><a href="${path}" ${path === page.menu && html`aria-current="page"`}>${label}${path === '/inbox' && UNREAD}</a>
          </li>`,
    )}
  </ul></nav>
</header>
<main id="main" tabindex="-1">
${player?.excludedUntil && html`<p class="notice bad">${exclusionText(player.excludedUntil)} You can withdraw your money.</p>`}
${frame.notices.map(({ tone, text }) => html`<p class="notice ${tone}" role="status">${text}</p>`)}
${page.body}
</main>
${footer()}
</body>
</html>`.html
}
`;
}

export const exclusionText = (until: string): string =>
  until === 'forever'
    ? 'You have excluded yourself from playing.'
    : `You have excluded yourself from playing until ${new Date(until).toUTCString()}.`;

/** What every form of a session carries. */
export const token = ({ formToken }: Frame): Html =>
  html`<input type="hidden" name="_token" value="${formToken}">`;

function account(frame: Frame): Html {
  const { player } = frame.visitor;
  if (!player)
    return html`<div class="account"><a class="button quiet" href="/login">Log in</a><a class="button" href="/register">Join</a>
      </div>`;
  return html`<div class="account">
    <a class="funds" href="/cashier">${funds(frame.balance)}</a>
    <form method="post" action="/logout">${token(frame)}<button class="quiet" title="${player.email}">Log out</button></form>
  </div>`;
}

/** The two kinds of money, as the bar at the top shows them. Scripts replace it after a round. */
export const funds = (balance: Frame['balance']): Html =>
  balance
    ? html`<span class="amount"><span class="what">Real</span> <strong data-real>${euros(balance.real)}</strong></span>
      <span class="amount"><span class="what">Bonus</span> <strong data-bonus>${euros(balance.bonus)}</strong></span>`
    : html`<span class="amount">Balance unavailable</span>`;

const footer = (): Html => html`<footer class="bottom">
  <div class="foot">
    <div><p class="adult"><span class="eighteen">18+</span> Adults only. Gambling should be fun, not a way to make money.</p>
      <p>Set limits, take breaks, and never chase losses. You can exclude yourself at any time under <a href="/responsible">responsible gaming</a>.</p>
        </div>
    <div><p>Help is free and confidential: <a href="https://www.begambleaware.org" rel="noreferrer">BeGambleAware</a>,
      <a href="https://www.gamblingtherapy.org" rel="noreferrer">Gambling Therapy</a>.</p>
      <p>${SITE} is the demo casino of Promosmith. It takes play money only: nothing here can be paid in or won.</p></div>
  </div>
</footer>`;
