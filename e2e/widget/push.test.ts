import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createPushSender, newVapidKeys } from '../../apps/server/src/features/channels/senders/push.ts';
import { aPush } from '../../apps/server/src/features/channels/testing/outgoing.ts';
import {
  type PushService,
  startPushService,
} from '../../apps/server/src/features/channels/testing/push-service.ts';
import { launchBrowser } from '../support/browser.ts';
import { type HostSite, startHostSite } from '../support/host-site.ts';
import { SLOW } from '../support/widget.ts';

let browser: Browser;
let site: HostSite;
let service: PushService;
beforeAll(async () => {
  [browser, site, service] = await Promise.all([launchBrowser(), startHostSite(), startPushService()]);
}, SLOW.timeout);
afterAll(async () => {
  await browser?.close();
  await site?.[Symbol.asyncDispose]();
  await service?.[Symbol.asyncDispose]();
});

/** The service worker that docs/guides/channels.md gives to operators. */
const WORKER = readFileSync(new URL('../../docs/guides/channels.md', import.meta.url), 'utf8').match(
  /```js\n(addEventListener\('push'[\s\S]*?)```/,
)?.[1];

/** A browser without a screen shows no notifications: these are told to the page. */
const TELLING = `registration.showNotification = async (title, options) => {
  for (const page of await clients.matchAll({ includeUncontrolled: true })) page.postMessage({ title, ...options });
};`;

/** What a browser gets of a message, once it has decrypted it. */
async function payloadOf(message: ReturnType<typeof aPush>): Promise<Record<string, unknown>> {
  const keys = newVapidKeys();
  const sender = createPushSender(
    { subject: 'mailto:push@lucky-star.example', keys: [keys] },
    { agent: service.agent, timeoutMs: 3_000 },
  );
  const { address } = service.browser(keys.publicKey);
  expect(await sender.send({ ...message, addresses: [address] })).toMatchObject({ kind: 'sent' });
  return service.received.at(-1)?.payload ?? {};
}

it('the service worker of the guide shows what is sent, under the message’s id', SLOW, async () => {
  const script = site.file('text/javascript', `${WORKER}\n${TELLING}`);
  const context = await browser.newContext({ permissions: ['notifications'] });
  const page = await context.newPage();
  await page.goto(site.page({}));
  const devtools = await context.newCDPSession(page);
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: [first] }) => {
      if (first) resolve(first.registrationId);
    });
  });
  await devtools.send('ServiceWorker.enable');
  await page.evaluate(
    `navigator.serviceWorker.register('${script}').then(() => navigator.serviceWorker.ready).then(() => true)`,
  );
  const registrationId = await registered;
  const push = async (data: object) =>
    devtools.send('ServiceWorker.deliverPushMessage', {
      ...{ origin: site.url, registrationId },
      data: JSON.stringify(data),
    });
  const message = aPush([]);
  const payload = await payloadOf(message);
  await page.evaluate(
    `globalThis.shown = []; navigator.serviceWorker.onmessage = ({ data }) => shown.push(data)`,
  );
  await push(payload);
  await push({ ...payload, icon: 'https://casino.example/icon.png' });
  const { messageId: tag, content } = message;
  const { title, body, url, locale: lang } = content;
  const first = { title, body, lang, dir: 'ltr', tag, data: { url } };
  await expect
    .poll(() => page.evaluate('shown'))
    .toEqual([first, { ...first, icon: 'https://casino.example/icon.png' }]);
  await context.close();
});
