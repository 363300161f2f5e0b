import { PassThrough, Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '../../app.ts';
import { newId } from '../../platform/ids.ts';
import { must, startTestApp, type TestApp } from '../../testing/test-app.ts';
import { codeCommands } from './commands.ts';
import { newCampaign } from './testing.ts';

let server: TestApp;
let app: App;
let campaign: string;
beforeAll(async () => {
  server = await startTestApp();
  app = await createApp(server.config, server.db);
  campaign = await newCampaign(server);
});
afterAll(async () => {
  await app.close();
  await server.close();
});

const brand = 'lucky-star';

test('codes are generated, with their progress, and exported', async () => {
  const progress: number[] = [];
  const made = must(
    await codeCommands.generate(app, {
      brand,
      campaign,
      count: 3_000,
      pattern: 'CMD-########',
      onProgress: (done) => progress.push(done),
    }),
  );
  expect([made.generated, progress.at(-1)]).toEqual([3_000, 3_000]);
  const csv = new PassThrough();
  const [exported, written] = await Promise.all([
    codeCommands.export(app, { brand, batch: made.batchId, csv }),
    text(csv),
  ]);
  expect(exported).toEqual({ ok: true, value: { exported: 3_000 } });
  expect(written.match(/^CMD-[0-9A-Z]{8},unique/gm)).toHaveLength(3_000);
});

test('files are imported, with every bad line told', async () => {
  const lines = Array.from({ length: 30_000 }, (_, n) => `CLI-${n}`);
  const csv = Readable.from([Buffer.from(`code\n${lines.join('\n')}\nCLI-7\n`)]);
  const imported = must(await codeCommands.import(app, { brand, campaign, csv }));
  expect(imported).toMatchObject({
    imported: 30_000,
    rejected: [{ line: 30_002, reason: 'code: is the same code as an earlier line' }],
  });
});

test('what is not there is refused', async () => {
  const onProgress = () => undefined;
  const nowhere = new Writable();
  const refused = await Promise.all([
    codeCommands.generate(app, { brand: 'nobody', campaign, count: 1, onProgress }),
    codeCommands.generate(app, { brand, campaign: newId(), count: 1, onProgress }),
    codeCommands.generate(app, { brand, campaign: 'no id', count: 1, onProgress }),
    codeCommands.export(app, { brand, batch: newId(), csv: nowhere }),
    codeCommands.import(app, { brand, campaign: newId(), csv: Readable.from([Buffer.from('code\n')]) }),
  ]);
  expect(refused.map((result) => !result.ok && result.refusal.key)).toEqual(Array(5).fill('not_found'));
});
