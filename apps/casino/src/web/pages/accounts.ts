import { z } from 'zod';
import type { NewPlayer } from '../../accounts/players.ts';
import { registerPlayer } from '../../accounts/register.ts';
import type { Casino } from '../../casino.ts';
import { check, choice, type Filled, field, type Problems, summary, tickBox } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Frame, type Page, SITE, token } from '../layout.ts';

import type { Site } from '../server.ts';

const COUNTRIES = {
  DE: 'Germany',
  AT: 'Austria',
  MT: 'Malta',
  IE: 'Ireland',
  NL: 'Netherlands',
  SE: 'Sweden',
} as const;

const LEAST_PASSWORD = 10;
const ADULT = 18;

const isAdult = (birthDate: string): boolean => {
  const day = new Date();
  day.setUTCFullYear(day.getUTCFullYear() - ADULT);
  return birthDate <= day.toISOString().slice(0, 10);
};

const plain = (text: string) => !/\p{Cc}/u.test(text);

const Registration = z.object({
  name: z
    .string()
    .trim()
    .min(1, 'What may we call you?')
    .max(60, 'That is too long.')
    .refine(plain, 'Letters only, please.'),
  email: z.email('Please write an email address such as anna@example.com.').max(254),
  password: z
    .string()
    .min(LEAST_PASSWORD, `At least ${LEAST_PASSWORD} characters, please.`)
    .max(200, 'At most 200 characters, please.'),
  birthDate: z.iso
    .date('Please give your date of birth.')
    .refine((day) => day >= '1900-01-01', 'Please give your date of birth.')
    .refine(isAdult, 'You have to be 18 or older to play.'),
  country: z.enum(Object.keys(COUNTRIES) as [keyof typeof COUNTRIES], 'Please choose your country.'),
  code: z
    .string()
    .trim()
    .max(64, 'No code is as long as that.')
    .refine(plain, 'This is not a code.')
    .default(''),
  news: z.literal('on').optional(),
  adult: z.literal('on', 'We need your word that you are 18 or older.'),
});

const Login = z.object({
  email: z.string().min(1, 'Please write your email address.').max(254),
  password: z.string().min(1, 'Please write your password.').max(200),
});

export function mountAccounts(site: Site, casino: Casino): void {
  const { open, forPlayers } = site;

  open('get', '/register', ({ request, visitor, show, goTo }) => {
    if (visitor.player) return goTo('/');
    const { code = '' } = request.query as Filled;
    return show(registerPage(code === '' ? {} : { code }, {}));
  });

  open('post', '/register', async ({ request, reply, filled, show, goTo }) => {
    const read = check(Registration, filled);
    if (!read.ok) return show(registerPage(filled, read.problems), 422);
    const { code, news, adult: _, ...data } = read.value;
    const player = await registerPlayer(casino, data satisfies NewPlayer, {
      ...(code && { code }),
      news: news === 'on',
      ip: request.ip,
    });
    if (!player)
      return show(
        registerPage(filled, { email: 'There is an account with this address. Log in instead?' }),
        422,
      );
    casino.sessions.signIn(reply, player);
    return goTo('/');
  });

  open('get', '/login', ({ request, visitor, show, goTo }) => {
    const { next = '/' } = request.query as Filled;
    return visitor.player ? goTo(ownPath(next)) : show(loginPage({ next }, {}));
  });

  open('post', '/login', async ({ request, reply, filled, show, goTo }) => {
    const read = check(Login, filled);
    if (!read.ok) return show(loginPage(filled, read.problems), 422);
    const player = await casino.players.signIn(read.value.email, read.value.password);
    if (player === 'wrong')
      return show(loginPage(filled, { '': 'Address and password do not belong together.' }), 422);
    if (player === 'locked')
      return show(loginPage(filled, { '': 'Too many wrong passwords. Try again in ten minutes.' }), 429);
    casino.sessions.signIn(reply, player);
    casino.telling.note({
      id: `login-${crypto.randomUUID()}`,
      type: 'login',
      player: player.playerId,
      data: { ip: request.ip, country: player.country },
    });
    await casino.telling.trySending();
    return goTo(ownPath(filled.next ?? '/'));
  });

  forPlayers('post', '/logout', ({ player, reply, goTo }) => {
    casino.players.signOutEverywhere(player.playerId);
    casino.sessions.signOut(reply);
    return goTo('/');
  });
}

/** A page of ours, never of somebody else's. */
const ownPath = (path: string): string => (/^\/[a-z]/.test(path) ? path : '/');

const NEW_PASSWORD = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  hint: `At least ${LEAST_PASSWORD} characters.`,
};
const NEWS = {
  name: 'news',
  label: 'Tell me of offers: on these pages, in my inbox and by email. I can change my mind at any time.',
};

const registerPage =
  (filled: Filled, problems: Problems) =>
  (frame: Frame): Page => ({
    title: 'Join',
    body: html`<section class="card narrow">
<h1>Join ${SITE}</h1>
${summary(problems)}
<form method="post" action="/register" class="stack" novalidate>
  ${token(frame)}
  ${field({ name: 'name', label: 'First name', autocomplete: 'given-name', maxlength: 60 }, filled, problems)}
  ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'username', maxlength: 254 }, filled, problems)}
  ${field(NEW_PASSWORD, filled, problems)}
  ${field({ name: 'birthDate', label: 'Date of birth', type: 'date', autocomplete: 'bday' }, filled, problems)}
  ${choice({ name: 'country', label: 'Country', options: COUNTRIES }, filled, problems)}
  ${codeField(filled, problems)}
  ${tickBox(NEWS, filled, problems)}
  ${tickBox({ name: 'adult', label: 'I am 18 or older, and I play for fun.' }, filled, problems)}
  <button class="large">Make my account</button>
</form>
<p class="aside">Here before? <a href="/login">Log in</a></p>
</section>`,
  });

/**
 * The widget's code entry: it tries a code before there is an account, and is the form's `code`. Until it is there, or
 * where it never comes, a plain field stands in its place (see `public/casino.js`).
 */
const codeField = (filled: Filled, problems: Problems): Html => {
  const label = 'Promo code, if you have one';
  return html`<div class="field">
  <promosmith-code channel="registration" name="code" label="${label}" value="${filled.code ?? ''}">${field(
    { name: 'code', label, required: false, maxlength: 64, autocomplete: 'off' },
    filled,
    {},
  )}</promosmith-code>
  ${problems.code && html`<p class="problem">${problems.code}</p>`}
  <p class="hint">It is used as soon as your account is made. LANTERN is for everybody who is new.</p></div>`;
};

const loginPage =
  (filled: Filled, problems: Problems) =>
  (frame: Frame): Page => ({
    title: 'Log in',
    body: html`<section class="card narrow">
<h1>Log in</h1>
${summary(problems)}
<form method="post" action="/login" class="stack" novalidate>
  ${token(frame)}
  <input type="hidden" name="next" value="${filled.next ?? '/'}">
  ${field({ name: 'email', label: 'Email', type: 'email', autocomplete: 'username' }, filled, problems)}
  ${field({ name: 'password', label: 'Password', type: 'password', autocomplete: 'current-password' }, filled, problems)}
  <button class="large">Log in</button>
</form>
<p class="aside">New here? <a href="/register">Join</a></p>
</section>`,
  });
