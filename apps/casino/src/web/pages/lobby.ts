import { ROULETTE, SLOT } from '../../games/rounds.ts';
import { type Html, html } from '../html.ts';
import { lantern, slotPicture, wheelPicture } from '../icons.ts';
import { PROMOTIONS, type Promotion } from '../promotions.ts';
import type { Site } from '../server.ts';

const GAMES = [
  {
    path: '/slot',
    id: SLOT.id,
    name: 'Fruit Parade',
    about: 'Slot · 5 lines · returns 95.7 %',
    picture: slotPicture,
  },
  {
    path: '/roulette',
    id: ROULETTE.id,
    name: 'Harbour Roulette',
    about: 'European · one zero',
    picture: wheelPicture,
  },
];

const WHERE: Readonly<Record<Promotion['where'], readonly [path: string, label: string]>> = {
  registration: ['/register?code=', 'Join with it'],
  cashier: ['/cashier?code=', 'Deposit with it'],
  bonuses: ['/bonuses', 'Use it'],
};

export function mountLobby({ open }: Site): void {
  open('get', '/', ({ visitor: { player }, show }) =>
    show({
      title: 'Games',
      menu: '/',
      body: html`
<section class="hero">
  <div>
    <h1>${player ? `Good to see you, ${player.name}.` : 'Evenings by the water.'}</h1>
    <p>${player ? 'Two games, one wallet, and a few codes worth typing.' : 'A small house with two honest games, and a code for everybody who joins.'}</p>
    ${
      !player &&
      html`<p class="actions"><a class="button large" href="/register?code=LANTERN">Join with LANTERN</a>
        <a class="button quiet large" href="/login">Log in</a></p>`
    }
  </div>
  ${lantern()}
</section>
<section aria-labelledby="games">
  <h2 id="games">Games</h2>
  <ul class="tiles">${GAMES.map(
    ({ path, name, about, picture }) =>
      html`<li class="tile"><a href="${path}">${picture()}<span class="caption"><strong>${name}</strong><span>${about}</span></span></a>
        </li>`,
  )}</ul>
</section>
<section aria-labelledby="offers">
  <h2 id="offers">Codes</h2>
  <ul class="offers">${offersFor(player !== undefined)}</ul>
</section>`,
    }),
  );
}

const offersFor = (isPlayer: boolean): Html[] =>
  PROMOTIONS.filter(({ where }) => !isPlayer || where !== 'registration').map((offer) =>
    offerCard(offer, isPlayer),
  );

function offerCard({ code, title, terms, where }: Promotion, isPlayer: boolean): Html {
  const [path, label] = WHERE[isPlayer || where === 'registration' ? where : 'registration'];
  return html`<li class="card offer">
    <h3>${title}</h3>
    <p class="code"><code>${code}</code> <button type="button" class="quiet small" data-copy="${code}">Copy<span class="hidden"> ${code}</span></button></p>
    <p class="terms">${terms}</p>
    <p><a href="${path.endsWith('=') ? path + code : path}">${label}<span class="hidden">: ${code}</span></a></p>
  </li>`;
}
