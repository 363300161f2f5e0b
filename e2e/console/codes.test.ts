import { afterAll, beforeAll, expect, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// Marketing makes codes of every kind, and keeps them in order.

const SLOW = { timeout: 240_000 };

let world: ConsoleWorld;
beforeAll(async () => {
  world = await startConsoleWorld();
  const { id } = await api('POST', '/v1/campaigns', validCampaign({ name: 'Spring letters' }));
  await api('POST', `/v1/campaigns/${id}/submit`, {});
}, SLOW.timeout);
afterAll(() => world?.close());

const api = (method: string, path: string, body?: unknown) => done(world.app.request(method, path, { body }));

test(
  'codes are generated with their strength known before, given to players, and disabled',
  SLOW,
  async () => {
    await using marketing = await world.signIn('marketing');
    const { page } = marketing;
    await marketing.go('/codes');
    await page.getByRole('button', { name: 'Generate' }).click();
    const drawer = page.getByRole('dialog', { name: 'Generate codes' });
    await drawer.getByRole('combobox', { name: 'Campaign' }).click();
    await page.getByRole('option', { name: 'Spring letters' }).click();
    await drawer.getByLabel('How many').fill('40');
    await drawer.getByLabel('Pattern').fill('MAI-##');
    await drawer.getByText('Easy to guess').waitFor();
    await drawer.getByLabel('Pattern').fill('MAI-#####-#####@');
    await drawer.getByText('Out of reach for guessing').waitFor();
    await drawer
      .getByText(/^MAI-\w{5}-\w{6}$/)
      .first()
      .waitFor();
    await drawer.getByRole('button', { name: 'Generate 40 codes' }).click();

    await page.getByRole('heading', { level: 1, name: 'MAI-#####-#####@' }).waitFor();
    await page.getByText('40 codes of').waitFor();
    await page.getByRole('button', { name: 'Give to players' }).click();
    const give = page.getByRole('dialog', { name: 'Give codes to players' });
    await give.getByLabel('Players').fill('ada\ngrace, ada');
    await give.getByRole('button', { name: 'Give 2 codes' }).click();
    await give.getByText('2 codes given').waitFor();
    await give.getByRole('button', { name: 'Close' }).last().click();
    const { items } = await api('GET', '/v1/codes?holder=ada');
    expect(items).toMatchObject([{ holder: 'ada', state: 'active' }]);

    await marketing.go(`/codes/${items[0].id}`);
    await page.getByRole('button', { name: 'Disable' }).click();
    const ask = page.getByRole('dialog');
    await ask.getByLabel('Reason').fill('Ada closed her account');
    await ask.getByRole('button', { name: 'Disable' }).click();
    await page.getByText('The code is disabled.').waitFor();
    await page.getByText('Ada closed her account').waitFor();
    expect(await api('GET', `/v1/codes/${items[0].id}`)).toMatchObject({ state: 'disabled' });
  },
);

test('an import says line by line what was left out', SLOW, async () => {
  await using marketing = await world.signIn('marketing');
  const { page } = marketing;
  await marketing.go('/codes?act=import');
  const drawer = page.getByRole('dialog', { name: 'Import codes' });
  await drawer.getByRole('combobox', { name: 'Campaign' }).click();
  await page.getByRole('option', { name: 'Spring letters' }).click();
  const lines = [
    'code,kind,holder',
    'LETTER0001,,',
    'LETTER0002,personal,ada',
    'LETTER0001,,',
    ',,',
    'LETTER0003,,',
  ];
  await page.locator('input[type=file]').setInputFiles({
    name: 'letters.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(lines.join('\n')),
  });
  await drawer.getByRole('button', { name: 'Import' }).click();
  await drawer.getByText('3 codes imported').waitFor();
  await drawer.getByRole('cell', { name: 'is the same code as line 2' }).waitFor();
  await drawer.getByRole('button', { name: 'Open the batch' }).click();

  await page.getByRole('heading', { level: 1, name: 'Imported' }).waitFor();
  await page.getByRole('cell', { name: 'is the same code as line 2' }).waitFor();
  const { items } = await api('GET', '/v1/code-batches');
  expect(items.filter(({ kind }: { kind: string }) => kind === 'imported')).toMatchObject([
    { size: 3, status: 'ready' },
  ]);
});

test('a large batch shows how far it is, and can be stopped', SLOW, async () => {
  await using marketing = await world.signIn('marketing');
  const { page } = marketing;
  const { items: campaigns } = await api('GET', '/v1/campaigns');
  const batch = await api('POST', `/v1/campaigns/${campaigns[0].id}/code-batches`, {
    kind: 'unique',
    count: 5_000_000,
  });
  await marketing.go(`/code-batches/${batch.id}`);
  await page.getByText(/\d of 5,000,000/).waitFor();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect
    .poll(async () => (await api('GET', `/v1/code-batches/${batch.id}`)).status, { timeout: 60_000 })
    .toBe('cancelled');
  await page.getByText('Cancelled', { exact: true }).waitFor();
  expect((await api('GET', `/v1/codes?batchId=${batch.id}`)).items).toEqual([]);
});
