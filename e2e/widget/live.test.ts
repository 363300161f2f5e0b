import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { aPlayer, messageOf } from '../../apps/server/src/features/channels/testing/messages.ts';
import { SLOW, startWidgetWorld, type WidgetPage, type WidgetWorld } from '../support/widget.ts';
import { sendTemplate } from '../support/widget-messages.ts';

let world: WidgetWorld;
let player: string;
beforeAll(async () => {
  world = await startWidgetWorld();
}, SLOW.timeout);
afterAll(() => world?.[Symbol.asyncDispose]());
beforeEach(async () => {
  player = await aPlayer(world.app);
});

const inboxCount = async ({ events }: WidgetPage) => (await events('unread')).at(-1)?.detail.count;
const stateOf = async (id: string) => (await messageOf(world.app, id)).state;

/** A way to the API that can be cut. */
async function cuttable(): Promise<
  { url: string; cut(): void; mend(): void; connections(): number } & AsyncDisposable
> {
  const { port, hostname } = new URL(world.app.url);
  const open = new Set<Socket>();
  let broken = false;
  const server: Server = createServer((socket) => {
    if (broken) return socket.destroy();
    const there = connect(Number(port), hostname);
    open.add(socket);
    socket.on('close', () => {
      open.delete(socket);
      there.destroy();
    });
    there.on('close', () => socket.destroy());
    for (const one of [socket, there]) one.on('error', () => one.destroy());
    socket.pipe(there).pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    broken = true;
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      broken = false;
    },
    connections: () => open.size,
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
    },
  };
}

describe('the live connection', () => {
  it(
    'is taken up where it broke: what came meanwhile is there, and only that is asked for',
    SLOW,
    async () => {
      await using way = await cuttable();
      await using context = await world.browser.newContext();
      const cursors: (string | undefined)[] = [];
      let lists = 0;
      context.on('request', (request) => {
        if (request.method() !== 'GET') return;
        if (request.url().endsWith('/v1/me/stream')) cursors.push(request.headers()['last-event-id']);
        if (request.url().endsWith('/v1/me/messages')) lists++;
      });
      await sendTemplate(world.app, player, 'inbox-promo-code');
      await using it = await world.open({ player, context, attributes: `data-api="${way.url}"` });
      await expect.poll(() => inboxCount(it)).toBe(1);
      await sendTemplate(world.app, player, 'inbox-promo-code');
      await expect.poll(() => inboxCount(it)).toBe(2);
      way.cut();
      await sendTemplate(world.app, player, 'inbox-promo-code');
      await expect.poll(() => cursors.length).toBeGreaterThan(2);
      expect(await inboxCount(it)).toBe(2);
      way.mend();
      await it.page.evaluate('dispatchEvent(new Event("online"))');
      await expect.poll(() => inboxCount(it)).toBe(3);
      expect(lists).toBe(1);
      expect(cursors.every((cursor) => Number(cursor) > 0)).toBe(true);
      expect(Number(cursors.at(-1))).toBeGreaterThan(Number(cursors[0]));
    },
  );

  it('waits longer after each failure', SLOW, async () => {
    await using context = await world.browser.newContext();
    const at: number[] = [];
    await context.route('**/v1/me/stream', (route) => {
      if (route.request().method() !== 'GET') return route.continue();
      at.push(Date.now());
      return route.abort();
    });
    await using it = await world.open({ player, context });
    await expect.poll(() => at.length).toBe(4);
    const waits = at.slice(1).map((time, n) => time - (at[n] ?? 0));
    // Doubled each time; chance takes up to half of it away.
    for (const [n, wait] of waits.entries()) expect(wait).toBeGreaterThanOrEqual(0.45 * 1000 * 2 ** (n + 1));
    expect(it.faults.filter((fault) => !fault.includes('ERR_FAILED'))).toEqual([]);
  });

  it('is one of the page’s, however many elements and tags there are', SLOW, async () => {
    await using context = await world.browser.newContext();
    let streams = 0;
    context.on('request', (request) => {
      if (request.method() === 'GET' && request.url().endsWith('/v1/me/stream')) streams++;
    });
    await using it = await world.open({
      player,
      context,
      body: `<promosmith-inbox></promosmith-inbox><promosmith-inbox></promosmith-inbox>
        <script async src="${world.app.url}/widget.js"></script>`,
    });
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await expect.poll(() => inboxCount(it)).toBe(1);
    expect(await it.page.getByText('A bonus code for you').count()).toBe(2);
    expect(streams).toBe(1);
    expect(await it.events('ready')).toHaveLength(1);
  });
});

describe('the token', () => {
  it('is asked for again when it is refused, once for all that need it', SLOW, async () => {
    const good = await world.app.playerToken(player);
    let asked = 0;
    world.site.tokens = async (who) => {
      if (who !== player) return world.app.playerToken(who);
      asked++;
      return asked === 1 ? good.replace(/.{4}$/, 'AAAA') : good;
    };
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await using it = await world.open({
      player,
      body: '<promosmith-inbox></promosmith-inbox><promosmith-bonuses></promosmith-bonuses>',
    });
    await it.page.getByText('A bonus code for you').waitFor();
    await it.page.getByText('You have no bonuses yet.').waitFor();
    expect(asked).toBe(2);
    world.site.tokens = (who) => world.app.playerToken(who);
  });

  it('may fail to come, and come later', SLOW, async () => {
    await sendTemplate(world.app, player, 'inbox-promo-code');
    await using it = await world.open({
      body: '<promosmith-inbox></promosmith-inbox><promosmith-bonuses></promosmith-bonuses>',
      script: `let times = 0;
        promosmith('token', async () => {
          if (times++ < 2) throw new Error('the back end is down');
          return (await fetch('/token/${player}')).text();
        });`,
    });
    await it.page.getByText('A bonus code for you').waitFor();
    expect(it.faults).toEqual([]);
  });

  it('of a player who has signed out is not asked for over and over', SLOW, async () => {
    await using it = await world.open({
      body: '<promosmith-inbox></promosmith-inbox>',
      script: `globalThis.asked = 0; promosmith('token', () => { asked++; return null; });`,
    });
    await it.page.getByText('Sign in to see this.').waitFor();
    await it.page.waitForTimeout(3_000);
    expect(await it.page.evaluate('asked')).toBe(1);
  });
});

describe('client actions', () => {
  const counted = async () => {
    const { rows } = await world.app.db.query<{ action: string; properties: unknown }>(
      `select data ->> 'action' as action, data -> 'properties' as properties from platform_events
       where type = 'client.action' and player_id = (select player_id from players where external_id = $1) order by 1`,
      [player],
    );
    return rows;
  };

  it('wait for the script and the sign-in, go together, and each arrives once', SLOW, async () => {
    await using context = await world.browser.newContext();
    const batches: number[] = [];
    await context.route('**/v1/me/actions', async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      batches.push(route.request().postDataJSON().actions.length);
      if (batches.length > 1) return route.continue();
      await route.fetch();
      await route.abort();
    });
    await using it = await world.open({
      context,
      script: `promosmith('action', 'PAGE_OPENED', { page: 'lobby' }); promosmith('action', 'GAME_SEEN');`,
    });
    await it.page.evaluate(`promosmith('action', 'GAME_OPENED', { game: 'book' })`);
    expect(await counted()).toEqual([]);
    await it.page.evaluate(
      `promosmith('token', () => fetch('/token/${player}').then((answer) => answer.text()))`,
    );
    await expect.poll(() => batches).toEqual([3, 3]);
    await expect.poll(counted).toEqual([
      { action: 'GAME_OPENED', properties: { game: 'book' } },
      { action: 'GAME_SEEN', properties: null },
      { action: 'PAGE_OPENED', properties: { page: 'lobby' } },
    ]);
  });

  it('are sent when the page is left', SLOW, async () => {
    await using it = await world.open({ player });
    await expect.poll(() => inboxCount(it)).toBe(0);
    await it.page.evaluate(`promosmith('action', 'PAGE_LEFT')`);
    await it.page.goto('about:blank');
    await expect.poll(counted).toEqual([{ action: 'PAGE_LEFT', properties: null }]);
  });

  it('that cannot be sent are told of, and hold nothing up', SLOW, async () => {
    await using it = await world.open({
      player,
      script: `promosmith('action', 'lower case'); promosmith('action', 'BIG', { text: 'x'.repeat(100000) });
        promosmith('action', 'CODE_IS_SHOWN', { code: 'MY-OWN' }); promosmith('action', 'FINE');
        const round = {}; round.round = round; promosmith('action', 'ROUND', round);`,
    });
    await expect.poll(counted).toEqual([{ action: 'FINE', properties: null }]);
    await expect
      .poll(async () => (await it.events('error')).map(({ detail }) => [detail.key, detail.action]))
      .toEqual([
        ['action_invalid', 'lower case'],
        ['action_invalid', 'BIG'],
        ['action_invalid', 'ROUND'],
        ['reserved_action', 'CODE_IS_SHOWN'],
      ]);
  });
});

test('what is clicked is told of although the page is left at once', SLOW, async () => {
  await using context = await world.browser.newContext();
  const id = await sendTemplate(world.app, player, 'cashback');
  await using it = await world.open({ player, context });
  await it.page.getByRole('link', { name: 'See my bonuses' }).click();
  await it.page.close();
  await expect.poll(() => stateOf(id)).toBe('clicked');
});
