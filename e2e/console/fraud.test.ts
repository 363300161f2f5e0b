import { afterAll, beforeAll, expect, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { exported, readyBatch } from '../../apps/server/src/features/codes/testing.ts';
import { activate } from '../../apps/server/src/testing/actions.ts';
import { type ConsoleWorld, startConsoleWorld } from '../support/console.ts';
import { done } from '../support/done.ts';

// A fraud analyst finds a ring, and deals with a code that is out.

const SLOW = { timeout: 240_000 };
/** What is counted and linked in the background takes its time on a busy machine. */
const PATIENCE = { timeout: 60_000, interval: 100 };
const DEVICE = 'tablet-of-the-ring';

let world: ConsoleWorld;
let campaignId: string;
beforeAll(async () => {
  world = await startConsoleWorld();
  const campaign = validCampaign({
    name: 'Welcome back',
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 1_000 } }],
    risk: { indicators: ['device_shared', 'ip_shared'] },
  });
  campaignId = (await api('POST', '/v1/campaigns', campaign)).id;
  await api('POST', `/v1/campaigns/${campaignId}/codes`, { kind: 'shared', code: 'WELCOME' });
  await api('POST', `/v1/campaigns/${campaignId}/submit`, {});
}, SLOW.timeout);
afterAll(() => world?.close());

const api = (method: string, path: string, body?: unknown) => done(world.app.request(method, path, { body }));

/** Accounts with one device, of which the fourth is held: three others have it by then. */
async function joinAsRing(): Promise<string> {
  for (const player of ['ring-1', 'ring-2', 'ring-3']) {
    const { status } = await activate(world.app, 'WELCOME', player, { device: { id: DEVICE } });
    expect(status).toBe(201);
  }
  const known = async () => (await api('GET', '/v1/players/ring-3/risk-profile')).identifiers;
  await expect.poll(known, PATIENCE).toMatchObject([{ kind: 'device', players: 3 }]);
  const { body } = await activate(world.app, 'WELCOME', 'ring-4', { device: { id: DEVICE } });
  expect(body.outcome).toBe('in_review');
  return body.id;
}

test('a ring is found by its links, and declined; who was late loses nothing', SLOW, async () => {
  const activationId = await joinAsRing();
  await using analyst = await world.signIn('fraud_analyst');
  await using colleague = await world.signIn('fraud_analyst');
  const { page } = analyst;

  await page.getByRole('heading', { level: 1, name: 'Fraud desk' }).waitFor();
  await page.getByRole('link', { name: 'Activation held' }).first().waitFor();
  await analyst.go('/cases');
  await page.getByRole('link', { name: 'Activation held' }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: 'Activation held: ring-4' }).waitFor();
  const caseId = page.url().split('/').at(-1);
  await page.getByText('3 other accounts use the same device.').waitFor();
  await page.getByRole('img', { name: /^Score 65: Hold for review; Device shared/ }).waitFor();

  await page.getByRole('tab', { name: 'Links' }).click();
  const drawn = page.getByRole('group', { name: 'Who is linked with whom' });
  const nodes = drawn.getByRole('button');
  await expect.poll(() => nodes.count(), PATIENCE).toBe(5);
  await drawn.getByRole('button', { name: /^Player ring-4/ }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Show more links' }).waitFor();
  await page.getByText('Table', { exact: true }).click();
  const table = page.getByRole('table', { name: 'Who is linked with whom' });
  await expect.poll(() => table.getByRole('row').count()).toBe(6);

  // A colleague has the same case open, and has begun to write.
  await colleague.go(`/cases/${caseId}`);
  await colleague.page.getByRole('textbox', { name: 'Reason' }).fill('Looks like a family to me');

  await page.getByRole('tab', { name: 'Evidence' }).click();
  await page.getByRole('button', { name: 'Take the case' }).click();
  await page.getByRole('button', { name: 'Put it back' }).waitFor();
  await page.getByRole('radio', { name: 'Decline: it was abuse' }).check();
  await page.getByRole('textbox', { name: 'Reason' }).fill('Four accounts with one tablet');
  await page.getByRole('button', { name: 'Decide' }).click();
  await page.getByText('Activation refused').waitFor();

  await colleague.page.getByText('Somebody else was faster').waitFor();
  await colleague.page.getByText('Looks like a family to me').waitFor();
  expect(await api('GET', `/v1/cases/${caseId}`)).toMatchObject({
    ...{ state: 'decided', decision: 'decline', reason: 'Four accounts with one tablet' },
    decidedBy: { kind: 'staff', name: 'A fraud_analyst' },
  });
  expect(await api('GET', `/v1/activations/${activationId}`)).toMatchObject({ outcome: 'refused' });
});

test(
  'a code that is out is frozen, its holders get fresh ones, and what it gave is taken back',
  SLOW,
  async () => {
    const holders = ['holder-1', 'holder-2', 'holder-3'];
    const batch = await readyBatch(world.app, campaignId, {
      kind: 'personal',
      holders,
      pattern: 'MINE-########',
    });
    const [used] = await exported(world.app, `/v1/code-batches/${batch.id}/export`);
    if (!used?.code || !used.holder) throw new Error('the batch has no codes');
    await activate(world.app, used.code, used.holder);
    for (const stranger of ['reader-1', 'reader-2', 'reader-3'])
      await activate(world.app, used.code, stranger);

    await using analyst = await world.signIn('fraud_analyst');
    const { page } = analyst;
    await page.getByText('3 players it was not meant for').waitFor(PATIENCE);
    await analyst.go('/code-watch');
    const row = page.getByRole('row').filter({ hasText: 'Leaked' });
    await row.locator('[data-first]').click();
    await page.getByText('Players it was not meant for try it.').waitFor();
    const codeId = new URL(page.url()).pathname.split('/').at(-1);
    await page.getByRole('table', { name: 'Who it was not meant for' }).getByText('reader-3').waitFor();

    await page.getByRole('button', { name: 'Freeze' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It is on a forum');
    await dialog.getByRole('button', { name: 'Freeze' }).click();
    await page.getByText('The code is frozen.').waitFor();
    expect(await api('GET', `/v1/codes/${codeId}`)).toMatchObject({ state: 'disabled' });

    await page.getByRole('button', { name: 'Re-issue' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Theirs still count');
    await dialog.getByRole('button', { name: 'Re-issue' }).click();
    await page.getByRole('link', { name: '2 players' }).waitFor();
    const { reissue } = await api('GET', `/v1/code-watch/codes/${codeId}`);
    const fresh = await exported(world.app, `/v1/code-batches/${reissue.batchId}/export`);
    expect(fresh.map(({ holder }) => holder).toSorted()).toEqual(
      holders.filter((one) => one !== used.holder),
    );

    await page.getByRole('button', { name: 'Take back' }).click();
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('It was passed on');
    await dialog.getByRole('button', { name: 'Take back' }).click();
    await page.getByText('A second person has to agree').waitFor();
    const [request] = (await api('GET', '/v1/approvals?status=pending&kind=code.take_back')).items;
    await api('POST', `/v1/approvals/${request.approvalId}/approve`, {});
    await page.getByText('1 bonuses taken back; 0 were real money already and stay.').waitFor(PATIENCE);
    const { items: bonuses } = await api('GET', `/v1/grants?player=${used.holder}`);
    expect(bonuses).toMatchObject([{ status: 'cancelled' }]);
  },
);
