import type { BatchInput } from '@promosmith/contract';
import type { z } from 'zod';
import type { Actors, On } from '../actors.ts';
import { BIRTHDAY, inAll, NEWSLETTER, PAST_CAMPAIGNS, type PastCampaign } from '../campaigns.ts';
import { UNFINISHED, type Unfinished } from '../unfinished.ts';
import type { World } from '../world.ts';

const DAY_MS = 24 * 3_600_000;
/** Of the newsletter's ten thousand, those that will be used. */
const READERS = 900;

/** Marketing drafts, somebody else approves; codes are made and handed out; campaigns are changed, paused, put away. */
export function runCampaigns(on: On, world: World, { attempts, handedOut }: Actors): void {
  const ids = new Map<string, string>();
  const idOf = (name: string): string => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`nobody has drafted ${name} yet`);
    return id;
  };

  on(0, 0, async () => {
    await (await world.as('owner')).changeApprovalThresholds({
      body: { bulkGeneration: 5_000, limitRaises: 'always', manualGrant: inAll(2_500) },
    });
  });
  for (const campaign of PAST_CAMPAIGNS) launch(campaign);
  for (const campaign of UNFINISHED) draft(campaign);
  on(16, 11, async () => {
    handedOut.newsletter.push(
      ...(await codesOf(NEWSLETTER, { kind: 'unique', count: 10_000, pattern: 'MAIL-#####-#####@' })).slice(
        0,
        READERS,
      ),
    );
  });
  on(8, 11, async () => {
    const holders = attempts.present.filter(({ vipLevel }) => vipLevel >= 3).map(({ id }) => id);
    const codes = await codesOf(BIRTHDAY, { kind: 'personal', holders, pattern: 'BDAY-####-####' });
    const gifts = codes.map((code, i) => ({ code, holder: holders[i] as string }));
    handedOut.birthday.push(...gifts);
    handedOut.gifts.push(...gifts);
  });
  on(11, 19.2, () => attempts.burst('NIGHTOWL', 130));
  on(11, 19.4, () => attempts.burst('NIGHTOWL', 110));
  on(12, 8.4, async () => {
    await (await world.as('administrator')).raiseCodeLimit({
      params: { codeId: (await look('NIGHTOWL')).id },
      body: { maxUses: 250 },
    });
  });
  on(12, 9, () => approveAll('owner'));
  on(12, 18, () => attempts.burst('NIGHTOWL', 60));
  on(24, 10.3, async () => {
    await (await world.as('fraud_analyst')).disableCode({
      params: { codeId: (await look('FORUM15')).id },
      body: { reason: 'Posted in a forum of bonus hunters' },
    });
  });
  on(28, 13.1, async () => {
    const marketing = await world.as('marketing');
    const campaignId = idOf('Reload Friday');
    const { rewards, revision } = await marketing.getCampaign({ params: { campaignId } });
    const larger = rewards.map((reward) =>
      reward.kind === 'deposit' ? { ...reward, cap: inAll(7_500) } : reward,
    );
    await marketing.updateCampaign({ params: { campaignId }, body: { revision, rewards: larger } });
  });
  on(28, 15, () => approveAll('administrator'));
  on(40, 9.3, async () => {
    const administrator = await world.as('administrator');
    for (const name of ['Hello again', 'Night Owl on stream'])
      await administrator.archiveCampaign({ params: { campaignId: idOf(name) } });
  });
  on(50, 14.4, async () => {
    await (await world.as('administrator')).pauseCampaign({
      params: { campaignId: idOf('Live table chips') },
      body: { reason: 'The studio rebuilds its tables' },
    });
  });

  function launch({ name, madeOn, endsOn, terms, codes = [] }: PastCampaign): void {
    on(madeOn, 8.2, async () => {
      const marketing = await world.as('marketing');
      const endsAt = endsOn === undefined ? null : new Date(world.from + endsOn * DAY_MS).toISOString();
      const schedule = { ...terms.schedule, endsAt };
      const { id: campaignId } = await marketing.createCampaign({ body: { ...terms, name, schedule } });
      ids.set(name, campaignId);
      for (const body of codes) await marketing.createCode({ params: { campaignId }, body });
      await marketing.submitCampaign({ params: { campaignId } });
    });
    on(madeOn, 9.6, () => approveAll('administrator'));
  }

  function draft({ name, madeOn, startsIn, terms, fate }: Unfinished): void {
    on(madeOn, 10, async () => {
      const marketing = await world.as('marketing');
      const startsAt =
        startsIn === undefined ? null : new Date(world.until + startsIn * DAY_MS).toISOString();
      const body = { ...terms, name, schedule: { startsAt } };
      const { id: campaignId } = await marketing.createCampaign({ body });
      if (fate !== 'draft') await marketing.submitCampaign({ params: { campaignId } });
    });
    if (fate === 'scheduled') on(madeOn, 11, () => approveAll('administrator'));
    if (fate === 'rejected') on(madeOn, 11, rejectAll);
  }

  async function approveAll(role: 'owner' | 'administrator'): Promise<void> {
    const person = await world.as(role);
    const { items } = await person.listApprovals({ query: { status: 'pending' } });
    for (const { approvalId } of items) await person.approveRequest({ params: { approvalId }, body: {} });
  }

  async function rejectAll(): Promise<void> {
    const administrator = await world.as('administrator');
    const { items } = await administrator.listApprovals({ query: { status: 'pending' } });
    for (const { approvalId } of items)
      await administrator.rejectRequest({
        params: { approvalId },
        body: { reason: 'A friend of a friend is not a friend: limit it to one referral each' },
      });
  }

  const look = async (code: string) => (await world.as('support')).lookUpCode({ body: { code } });

  /** A batch, approved if it has to be. @returns its codes in full. */
  async function codesOf(name: string, batch: z.input<typeof BatchInput>): Promise<string[]> {
    const marketing = await world.as('marketing');
    const { id: batchId } = await marketing.createCodeBatch({
      params: { campaignId: idOf(name) },
      body: batch,
    });
    await approveAll('administrator');
    await world.catchUp();
    const file = await new Response(await marketing.exportCodeBatch({ params: { batchId } })).text();
    return file
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(',', 1)[0] as string);
  }
}
