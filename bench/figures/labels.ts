import { type App, createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { newId, playerId } from '../../apps/server/src/platform/ids.ts';
import type { Bench, Group } from '../bench.ts';
import { PLAYERS } from '../environment/players.ts';
import { playerName } from '../load/index.ts';
import { note, summary } from '../report.ts';
import { REPEATS } from './activate.ts';

const MESSAGES = 20_000;
/** Messages of one tick of a journey. */
const BATCH = 500;
const BATCHES_AT_ONCE = 4;

/** The function of docs/guides/label-tags.md without its comments. */
const PROMO_CODE = `(function () {
  var chars = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  var promoCode = '';
  for (var i = 0; i < 6; i++) promoCode += chars.charAt(Math.floor(Math.random() * chars.length));
  return promoCode.toUpperCase();
})();`;

/** Values of a function for messages that are prepared in batches: players loaded, rules asked, each run in the sandbox. */
export const labels: Group = {
  names: ['label.evaluations'],
  async measure(bench) {
    const app = await createApp({ ...loadConfig(bench.brand.environment), logLevel: 'fatal' }, bench.db);
    try {
      await makeLabel(bench, await app.listen(), 'promo_code', PROMO_CODE);
      await prepareAll(bench, app, MESSAGES / 4);
      const rates: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        await bench.settle();
        rates.push(await prepareAll(bench, app, MESSAGES));
        note(`label evaluations: ${Math.round(rates.at(-1) ?? 0)}/s`);
      }
      return [{ name: 'label.evaluations', unit: '1/s', ...summary(rates) }];
    } finally {
      await app.close();
    }
  },
};

async function makeLabel({ brand }: Bench, url: string, name: string, source: string): Promise<void> {
  const response = await fetch(`${url}/v1/labels`, {
    method: 'POST',
    headers: { authorization: `Bearer ${brand.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name, definition: { kind: 'function', default: source } }),
  });
  if (response.status !== 201) throw new Error(`POST /v1/labels answered ${response.status}`);
}

/** @returns evaluations per second. */
async function prepareAll({ brand: { brandId } }: Bench, { labels }: App, count: number): Promise<number> {
  const started = performance.now();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      const messages = Array.from({ length: BATCH }, (_, n) => ({
        messageId: newId(),
        playerId: playerId(brandId, playerName(PLAYERS, from + n)),
      }));
      const prepared = await labels.prepare({ brandId, names: ['promo_code'], messages, at: new Date() });
      for (const message of prepared.messages.values())
        if (!message.ok) throw new Error(message.refusal.message);
    }
  };
  await Promise.all(Array.from({ length: BATCHES_AT_ONCE }, worker));
  return (count / (performance.now() - started)) * 1_000;
}
