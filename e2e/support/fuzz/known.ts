import { validCampaign } from '../../../apps/server/src/features/campaigns/testing.ts';
import type { TestApp, TestResponse } from '../../../apps/server/src/testing/test-app.ts';
import { done } from '../done.ts';
import { connectProvider } from '../free-spins.ts';
import { otherJourneys } from '../journeys.ts';
import type { World } from '../world.ts';
import type { Known } from './instances.ts';

/** Of most campaigns and journeys that requests are about: so many changes were made to get them to their states. */
const REVISION = 4;

/** What makes requests about something: the things of a world, and values that are good wherever they fit. */
export const knownOf = ({ code, property, waitingCampaignId, ...ids }: World): Known => {
  const players = [ids.externalId];
  return {
    ...Object.fromEntries(Object.entries(ids).map(([name, id]) => [name, [id]])),
    campaignId: [ids.campaignId, waitingCampaignId],
    activationId: [ids.activationId, ids.declinedActivationId],
    code: [code],
    player: players,
    players,
    holder: players,
    holders: players,
    id: players,
    actorId: [ids.keyId],
    targetId: [ids.campaignId],
    currency: ['EUR'],
    country: ['DE'],
    countries: ['DE'],
    currencies: ['EUR'],
    language: ['de'],
    timeZone: ['Europe/Malta'],
    propertyName: ['EUR', property],
    name: ['plain_name'],
    pattern: ['SPRING-####-####-####', '####-####-####@'],
    alphabet: ['23456789ABCDEFGH'],
    rule: ['player.country == "DE"', 'player.vip_level >= 3 && player.kyc_status == "verified"'],
    url: ['https://hooks.invalid/x'],
    baseUrl: ['https://games.invalid'],
    startsAt: ['2029-01-01T00:00:00Z'],
    endsAt: ['2030-01-01T00:00:00Z'],
    expiresAt: ['2030-01-01T00:00:00Z'],
    time: [new Date().toISOString()],
    closesAt: ['2030-01-01T00:00:00Z'],
    overlapSeconds: [0],
    endpoint: ['https://push.invalid/x'],
    // One that is connected; and one that the likeliest kind of connection serves.
    channel: [ids.channel, 'email', 'email'],
    key: ['one-race', 'another-race', 'one-draw'],
    reference: ['one-entry', 'another-entry'],
    handler: ['opt_in', 'prize_draw', 'webhook'],
    maxUses: [2_000, 3_000, 4_000, 5_000],
    example: ['x'],
    revision: [2, REVISION],
    version: [1],
    from: [1, '2026-02-01T00:00:00Z'],
    to: [2, '2026-03-01T00:00:00Z'],
    seq: [2],
    flag: [30],
    hold: [60],
    decline: [85],
    connector: ['timed_out'],
    kind: ['activations'],
    // Of another currency than the brand's own, which is worth itself.
    rates: [[{ day: '2026-01-06', currency: 'USD', rate: '0.9273' }]],
    ...anExperiment(ids.campaignId),
    'if-match': [`"${REVISION}"`],
    type: ['deposit.succeeded', 'custom.joined'],
  };
};

/** The parts of one that fit each other. */
const anExperiment = (campaignId: string): Known => ({
  arms: [
    [
      { key: 'offer', name: 'Offer', weightBps: 9_000, treatment: { kind: 'campaign', campaignId } },
      { key: 'control', name: 'Control group', weightBps: 1_000, treatment: { kind: 'nothing' } },
    ],
  ],
  baseline: ['control'],
});

/** Things in the states that only some operations are about. */
export async function moreKnown(app: TestApp, key: string): Promise<Known> {
  const post = (path: string, body: unknown): Promise<TestResponse['body']> =>
    done(app.request('POST', path, { key, body }));
  const campaign = async (...moves: [string, unknown][]): Promise<string> => {
    const { id } = await post('/v1/campaigns', validCampaign());
    for (let revision = 1; revision + moves.length < REVISION; revision++)
      await done(app.request('PATCH', `/v1/campaigns/${id}`, { key, body: { revision, exclusive: false } }));
    for (const [move, body] of moves) await post(`/v1/campaigns/${id}/${move}`, body);
    return id;
  };
  const draft = await campaign();
  const paused = await campaign(['submit', {}], ['pause', { reason: 'test' }]);
  const ended = await campaign(['submit', {}], ['end', {}]);
  const code = async (campaignId: string, text: string): Promise<string> => {
    const body = { kind: 'shared', code: `${text}-${draft.slice(-12)}`, maxUses: 1_000 };
    return (await post(`/v1/campaigns/${campaignId}/codes`, body)).id;
  };
  const personal = await post(`/v1/campaigns/${draft}/codes`, {
    ...{ kind: 'personal', code: `PERSONAL-${draft.slice(-12)}`, holder: `holder-${draft.slice(-12)}` },
  });
  const invite = (name: string) =>
    post('/v1/staff', { email: `${name}-${draft}@example.com`, name, role: 'support' });
  const invited = await invite('invited');
  const suspended = await invite('suspended');
  await post(`/v1/staff/${suspended.staffId}/suspend`, {});
  const player = `gave-up-${draft.slice(-12)}`;
  await done(app.request('PUT', `/v1/players/${player}`, { key, body: { currency: 'EUR' } }));
  const givenUp = await post('/v1/grants', { player, campaignId: paused, reason: 'test' });
  await post(`/v1/grants/${givenUp.id}/forfeit`, undefined);
  const unused = `unused-${draft.slice(-12)}`;
  await connectProvider(app, key, unused);
  const openDraw = await post('/v1/draws', {
    key: `open-${draft.slice(-12)}`,
    name: 'open',
    closesAt: '2999-01-01T00:00:00Z',
    prizes: [{ name: 'A mug', winners: 1 }],
  });
  return {
    campaignId: [await campaign(), paused, ended],
    codeId: [await code(draft, 'DRAFT'), await code(paused, 'PAUSED'), personal.id],
    grantId: [givenUp.id],
    staffId: [suspended.staffId],
    drawId: [openDraw.id],
    journeyId: await otherJourneys(app, key, REVISION),
    provider: [unused],
    token: [invited.invitation.token],
  };
}

/** All that either knows. */
export const together = (one: Known, other: Known): Known =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => [
      name,
      [...(one[name] ?? []), ...(other[name] ?? [])],
    ]),
  );
