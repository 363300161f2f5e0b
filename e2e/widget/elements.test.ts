import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { aPlayer, messageOf } from '../../apps/server/src/features/channels/testing/messages.ts';
import { createOffer } from '../../apps/server/src/testing/fixtures.ts';
import { betEvent } from '../../apps/server/src/testing/money.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from '../support/done.ts';
import { SLOW, startWidgetWorld, type WidgetWorld } from '../support/widget.ts';
import { sendTemplate } from '../support/widget-messages.ts';

let world: WidgetWorld;
let player: string;
beforeAll(async () => {
  world = await startWidgetWorld();
}, SLOW.timeout);
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(async () => {
  player = await aPlayer(world.app, { currency: 'EUR' });
});

const TERMS = { significant: '18+. Wager 35× in 7 days.', full: 'One per player.\nSlots only.' };
/** Asks for proofs of work until the end of the scope. */
async function guessedAt(app: TestApp): Promise<AsyncDisposable> {
  const ask = async (challenge: string) => {
    const { revision } = (await app.request('GET', '/v1/brand')).body;
    await done(app.request('PATCH', '/v1/brand', { body: { revision, challenge } }));
  };
  await ask('proof_of_work');
  await app.db.query(
    `insert into guess_waves (target_id, brand_id, since, until, wrong, known)
     values ($1, $1, now(), now() + interval '1 hour', 500, 1)`,
    [app.brand.brandId],
  );
  await vi.waitFor(async () => {
    const tried = await app.request('POST', '/v1/validations', { body: { code: 'X', player: { id: 'x' } } });
    expect(tried.body.key).toBe('challenge_required');
  }, SLOW);
  return {
    async [Symbol.asyncDispose]() {
      await app.db.query('delete from guess_waves');
      await ask('off');
    },
  };
}

const says = (line: Locator, text: string) => line.filter({ hasText: text }).waitFor();

describe('<promosmith-code>', () => {
  const body = '<promosmith-code channel="cashier"></promosmith-code>';
  const enter = async (element: Locator, code: string) => {
    await element.getByLabel('Promo code').fill(code);
    await element.getByRole('button', { name: 'Apply' }).click();
  };

  it('uses a code for the player, and tells the page', SLOW, async () => {
    const { code } = await createOffer(world.app);
    await using it = await world.open({ player, body });
    const element = it.page.locator('promosmith-code');
    await enter(element, ` ${code.toLowerCase()} `);
    await says(element.getByRole('status'), 'Your code has been accepted. · €10.00 Bonus');
    expect(await element.getByLabel('Promo code').inputValue()).toBe('');
    expect(await it.events('activated')).toMatchObject([
      { target: 'promosmith-code', detail: { outcome: 'accepted', player, grants: [{ amount: 1000 }] } },
    ]);
    const { items } = (await world.app.request('GET', `/v1/activations?player=${player}`)).body;
    expect(items).toMatchObject([{ channel: 'cashier', outcome: 'accepted' }]);
    expect(it.faults).toEqual([]);
  });

  it('explains a refusal, in every language there is', SLOW, async () => {
    const { code } = await createOffer(world.app, {
      definition: { markets: { countries: ['MT'] } },
    });
    for (const [lang, label, button, text] of [
      ['en', 'Promo code', 'Apply', 'This offer is not available in your country.'],
      ['de-AT', 'Bonuscode', 'Einlösen', 'Dieses Angebot gilt für dich nicht.'],
      ['ar', 'الرمز الترويجي', 'تطبيق', 'هذا العرض غير متاح لك.'],
      ['xx', 'Promo code', 'Apply', 'This offer is not available in your country.'],
    ] as const) {
      await using it = await world.open({ player, body, lang });
      const element = it.page.locator('promosmith-code');
      await element.getByLabel(label).fill(code);
      await element.getByRole('button', { name: button }).click();
      await says(element.getByRole('status'), text);
      expect(await element.getByLabel(label).getAttribute('aria-invalid')).toBe('true');
      expect(await it.events('refused')).toMatchObject([{ detail: { key: 'country_not_eligible' } }]);
    }
  });

  it('sends the same attempt again when no answer came', SLOW, async () => {
    const { code } = await createOffer(world.app);
    await using context = await world.browser.newContext();
    const keys: (string | undefined)[] = [];
    await context.route('**/v1/activations', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await using it = await world.open({ player, body, context });
    const element = it.page.locator('promosmith-code');
    await enter(element, code);
    await says(element.getByRole('status'), 'That did not work. Please try again.');
    await enter(element, code);
    await says(element.getByRole('status'), 'Your code has been accepted.');
    expect(keys).toEqual([expect.any(String), keys[0]]);
    const { items } = (await world.app.request('GET', `/v1/activations?player=${player}`)).body;
    expect(items).toHaveLength(1);
  });

  it('works for a code by itself while codes are guessed', SLOW, async () => {
    const { code } = await createOffer(world.app);
    await using _ = await guessedAt(world.app);
    await using it = await world.open({ player, body });
    const element = it.page.locator('promosmith-code');
    const proofs: (string | undefined)[] = [];
    it.page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/v1/activations'))
        proofs.push(request.headers()['promosmith-proof']);
    });
    await enter(element, code);
    await says(element.getByRole('status'), 'Your code has been accepted.');
    expect(proofs).toEqual([undefined, expect.stringMatching(/^\w+\.[\w-]{22}\.\d+$/)]);
  });

  it('tries a code before anybody has signed in, for the form around it', SLOW, async () => {
    const key = await world.app.publishableKey();
    const { code } = await createOffer(world.app);
    const body =
      '<form id="sign-up"><promosmith-code channel="registration" name="promo"></promosmith-code></form>';
    await using it = await world.open({ body, attributes: `data-key="${key}"` });
    const element = it.page.locator('promosmith-code');
    await enter(element, 'NO-SUCH-CODE');
    await says(element.getByRole('status'), 'This code does not exist.');
    await enter(element, code);
    await says(element.getByRole('status'), 'This code is good.');
    expect(await it.events('validated')).toMatchObject([{ target: 'promosmith-code', detail: { code } }]);
    expect(await it.page.evaluate('new FormData(document.getElementById("sign-up")).get("promo")')).toBe(
      code,
    );
    const used = async () => (await world.app.request('GET', `/v1/activations?player=${player}`)).body.items;
    await it.page.evaluate(
      `promosmith('token', () => fetch('/token/${player}').then((answer) => answer.text()))`,
    );
    expect(await element.getByLabel('Promo code').inputValue()).toBe(code);
    expect(await used()).toEqual([]);
    await element.getByRole('button', { name: 'Apply' }).click();
    await says(element.getByRole('status'), 'Your code has been accepted.');
    expect(await used()).toMatchObject([{ channel: 'registration' }]);
  });

  it('asks to sign in where there is no key', SLOW, async () => {
    await using it = await world.open({ body });
    const element = it.page.locator('promosmith-code');
    await enter(element, 'ANY');
    await says(element.getByRole('status'), 'Sign in to see this.');
  });
});

describe('<promosmith-bonuses>', () => {
  const body = '<promosmith-bonuses></promosmith-bonuses>';
  const use = async (code: string) =>
    world.app.request('POST', '/v1/activations', { body: { code, player: { id: player } } });

  it('shows how far a bonus is, its terms, and what giving it up costs', SLOW, async () => {
    const { code } = await createOffer(world.app, { definition: { terms: TERMS } });
    await use(code);
    await world.app.request('POST', '/v1/events', { body: { events: [betEvent({ player, stake: 100 })] } });
    await using it = await world.open({ player, body });
    const card = it.page.getByRole('article', { name: '€10.00 Bonus' });
    await card.getByText(TERMS.significant).waitFor();
    expect(await card.getByRole('progressbar').getAttribute('max')).toBe('35000');
    expect(await card.locator('.wagering').textContent()).toMatch(/of .?€350\.00.? wagered.*to go/);
    expect(await card.getByText('Slots only.').isVisible()).toBe(false);
    await card.getByText('Full terms').click();
    await card.getByText('Slots only.').waitFor();
    await card.getByRole('button', { name: 'Give up' }).click();
    await card.getByText(/You lose .*€9\.00.* of bonus money/).waitFor();
    await card.getByRole('button', { name: 'Keep it' }).click();
    await card.getByRole('button', { name: 'Give up' }).click();
    await card.getByRole('group').getByRole('button', { name: 'Give up' }).click();
    await it.page.locator('promosmith-bonuses .earlier').waitFor();
    expect(await it.events('forfeited')).toMatchObject([{ detail: { status: 'forfeited' } }]);
    const { items } = (await world.app.request('GET', `/v1/grants?player=${player}`)).body;
    expect(items).toMatchObject([{ status: 'forfeited' }]);
    expect(it.faults).toEqual([]);
  });

  it('says what else than money is given up', SLOW, async () => {
    const reward = { kind: 'tournament_entry', tournament: 'spring', seats: 3 } as const;
    const { code } = await createOffer(world.app, { definition: { rewards: [reward] } });
    await use(code);
    await using it = await world.open({ player, body });
    const card = it.page.getByRole('article', { name: 'Tournament ticket' });
    await card.getByRole('button', { name: 'Give up' }).click();
    const asked = await card.getByRole('group').locator('p').textContent();
    expect(asked?.replace(/[\u2068\u2069]/g, '')).toBe('Give this bonus up? You lose 3 × Tournament ticket.');
    expect(it.faults).toEqual([]);
  });

  it('shows what a code that is entered beside it brought', SLOW, async () => {
    const { code } = await createOffer(world.app);
    await using it = await world.open({ player, body: `<promosmith-code></promosmith-code>${body}` });
    await it.page.getByText('You have no bonuses yet.').waitFor();
    await it.page.getByLabel('Promo code').fill(code);
    await it.page.keyboard.press('Enter');
    await it.page.getByRole('article', { name: '€10.00 Bonus' }).waitFor();
  });

  it('lets cashback be claimed', SLOW, async () => {
    await using it = await world.open({ player, body });
    const settlement = {
      ...{ id: '01a202fa-f047-7000-8878-2ed41f2ef506', grantId: '01a202fa-f047-7000-8878-2ed41f2ef507' },
      ...{
        player,
        campaignId: '01a202fa-f047-7000-8878-2ed41f2ef508',
        number: 1,
        currency: 'EUR',
        sums: null,
      },
      ...{
        from: '2026-11-01T00:00:00Z',
        to: '2026-11-08T00:00:00Z',
        netLoss: 5000,
        amount: 500,
        paidAs: 'cash',
      },
      ...{ reason: null, state: 'claimable', closedAt: '2026-11-08T00:00:00Z', paidAt: null },
      claimUntil: '2026-12-08T00:00:00Z',
    };
    let claimed = false;
    await it.page.route('**/v1/cashback/**', (route) => {
      const claims = route.request().method() === 'POST';
      if (claims) claimed = true;
      return route.fulfill({
        headers: {
          'access-control-allow-origin': world.site.url,
          'access-control-allow-headers': 'authorization',
        },
        json: claims
          ? { ...settlement, state: 'paid' }
          : { items: claimed ? [] : [settlement], nextCursor: null },
      });
    });
    await it.page.evaluate('document.querySelector("promosmith-bonuses").refresh()');
    await it.page.getByRole('button', { name: /^Claim .*€5\.00/ }).click();
    await says(it.page.getByRole('status'), '€5.00 ✓');
    expect(await it.events('claimed')).toMatchObject([{ detail: { state: 'paid' } }]);
    // The list is read anew after it has been said.
    await expect.poll(() => it.page.getByRole('button', { name: /^Claim/ }).count()).toBe(0);
  });

  it('says when it cannot be read, and tries again', SLOW, async () => {
    await using context = await world.browser.newContext();
    let broken = true;
    await context.route('**/v1/grants?*', (route) => (broken ? route.abort() : route.continue()));
    await using it = await world.open({ player, body, context });
    const again = it.page.getByRole('button', { name: 'That did not work. Please try again.' });
    await again.waitFor();
    broken = false;
    await again.click();
    await it.page.getByText('You have no bonuses yet.').waitFor();
  });
});

describe('<promosmith-inbox>', () => {
  const body = '<promosmith-inbox></promosmith-inbox>';
  const stateOf = async (id: string) => (await messageOf(world.app, id)).state;

  it('opens a message where it stands, counts what is unread, and deletes', SLOW, async () => {
    const older = await sendTemplate(world.app, player, 'inbox-promo-code');
    await using it = await world.open({ player, body });
    const inbox = it.page.locator('promosmith-inbox');
    await inbox.getByText('A bonus code for you').waitFor();
    const newer = await sendTemplate(world.app, player, 'inbox-promo-code', { locale: 'de' });
    await inbox.getByText('Ein Bonuscode für dich').waitFor();
    expect(await inbox.locator('.title').allTextContents()).toEqual([
      'Ein Bonuscode für dich',
      'A bonus code for you',
    ]);
    expect((await it.events('unread')).map(({ detail }) => detail.count)).toEqual([1, 2]);
    await inbox.getByText('A bonus code for you').click();
    await inbox.getByText('SPRING-7K2M').waitFor();
    await expect.poll(() => stateOf(older)).toBe('shown');
    expect(await stateOf(newer)).toBe('sent');
    expect((await it.events('unread')).at(-1)?.detail).toEqual({ count: 1 });
    await inbox.getByRole('button', { name: 'Delete' }).click();
    await expect.poll(() => stateOf(older)).toBe('dismissed');
    expect(await inbox.locator('.title').allTextContents()).toEqual(['Ein Bonuscode für dich']);
    expect(it.faults).toEqual([]);
  });

  it('is another player’s as soon as another one signs in, and nobody’s without one', SLOW, async () => {
    await sendTemplate(world.app, player, 'inbox-promo-code');
    const other = await aPlayer(world.app);
    await using it = await world.open({ player, body });
    await it.page.getByText('A bonus code for you').waitFor();
    await it.page.evaluate(
      `promosmith('token', () => fetch('/token/${other}').then((answer) => answer.text()))`,
    );
    await it.page.getByText('No messages.').waitFor();
    expect(await it.page.getByText('A bonus code for you').count()).toBe(0);
    await it.page.evaluate(`promosmith('token', null)`);
    await it.page.getByText('Sign in to see this.').waitFor();
  });
});

it('speaks a language that the page brings', SLOW, async () => {
  await using it = await world.open({
    body: '<promosmith-inbox></promosmith-inbox>',
    script: `promosmith('texts', 'fr', { inbox: 'Messagerie' }); promosmith('locale', 'fr-CA');`,
  });
  await it.page.getByRole('heading', { name: 'Messagerie' }).waitFor();
  expect(await it.page.locator('promosmith-inbox .root').getAttribute('lang')).toBe('fr-CA');
});

it('writes amounts of currencies beyond ISO 4217', SLOW, async () => {
  const { revision } = (await world.app.request('GET', '/v1/brand')).body;
  await world.app.request('PATCH', '/v1/brand', {
    body: { revision, currencies: [{ code: 'MBTC', exponent: 5 }] },
  });
  await world.app.request('PUT', `/v1/players/${player}`, { body: { currency: 'MBTC' } });
  const { code } = await createOffer(world.app, {
    definition: {
      rewards: [{ kind: 'bonus_balance', amount: { MBTC: 150_000 }, wagering: { multiplier: 100 } }],
    },
  });
  await using it = await world.open({
    player,
    body: '<promosmith-code></promosmith-code>',
    attributes: `data-decimals='{"MBTC":5}'`,
  });
  await it.page.getByLabel('Promo code').fill(code);
  await it.page.keyboard.press('Enter');
  await says(it.page.getByRole('status'), '1.50000 MBTC Bonus');
});
