import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp, type TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { signInAs } from '../../apps/server/src/testing/test-staff.ts';
import type { Known } from '../support/fuzz/instances.ts';
import { knownOf } from '../support/fuzz/known.ts';
import { type Operation, pathNames, readOperations } from '../support/operations.ts';
import { type PlainRequest, plainRequest, waysOf } from '../support/plain.ts';
import { sealed } from '../support/stored.ts';
import { buildWorld, type World } from '../support/world.ts';

let app: TestApp;
let operations: Map<string, Operation>;
let mine: World;
let theirs: World;
let theirBrand: Awaited<ReturnType<TestApp['anotherBrand']>>;
beforeAll(async () => {
  app = await startTestApp();
  operations = new Map((await readOperations(app)).map((operation) => [operation.id, operation]));
  theirBrand = await app.anotherBrand();
  mine = await buildWorld(app);
  theirs = await buildWorld(app, theirBrand.ownerKey);
});
afterAll(() => app.close());

const send = ({ method, path, body, headers }: PlainRequest, key = app.ownerKey): Promise<TestResponse> =>
  app.request(method, path, { key, body, headers });

/** Ids nobody else can have, as they would show up in an answer. */
const idsOf = ({
  externalId: _,
  property: __,
  code: ___,
  endpointName: ____,
  provider: _____,
  channel: ______,
  eventKey: _______,
  secretName: ________,
  ...ids
}: World): string[] => Object.values(ids);

const idsIn = (world: World, { body }: TestResponse): string[] => {
  const text = JSON.stringify(body);
  return idsOf(world).filter((id) => text.includes(id));
};

/** Names of players, endpoints, providers, events and secrets are chosen by who uses the API, so the same is another one here: these create it. */
const CREATES: readonly string[] = [
  'putPlayer',
  'setSelfExclusion',
  'putSpecialEndpoint',
  'putFreeRoundProvider',
  'putEventProperties',
  'putJourneySecret',
];

/** What deletes comes late, what creates last: until then there is something of ours to find, and nothing of theirs. */
const place = ({ id, method }: Route) => (CREATES.includes(id) ? 2 : method === 'DELETE' ? 1 : 0);
/** A player token names its player: there is nothing to name anybody else's things by. */
const notOfOneself = ALL_ROUTES.filter(({ path }) => !path.startsWith('/v1/me/'));
/** What is open to everybody names the brand itself; a channel is a way out of one's own brand, and is nobody's thing. */
const withParams = notOfOneself
  .filter(({ params, access }) => params && access !== 'open' && !('channel' in params.shape))
  .sort((a, b) => place(a) - place(b));
/** What has to be asked something in particular is tried where its feature is tested. */
const isAskedNothing = ({ query }: Route) => query?.safeParse({}).success !== false;
const reads = notOfOneself.filter(
  (route) => route.method === 'GET' && route.access !== 'open' && isAskedNothing(route),
);
const lists = reads.filter(({ params, success }) => !params && typeof success[200] !== 'string');

describe("another brand's things", () => {
  let before: Record<string, unknown>;
  beforeAll(async () => {
    await sealed(app.db);
    before = await everythingTheySee();
  });

  test.each(withParams.map(({ id }) => id))('are not found by %s', async (id) => {
    const operation = operations.get(id)!;
    const { status, body } = await send(plainRequest(operation, knownOf(theirs)));
    if (CREATES.includes(id)) expect(status).toBeLessThan(300);
    else expect([status, body.key]).toEqual([404, 'not_found']);
    const ours = await send(plainRequest(operation, knownOf(mine)));
    expect(ours.status).not.toBe(404);
  });

  test.each(withParams.filter(({ path }) => path.split(':').length > 2).map(({ id }) => id))(
    'are not found by %s under a thing of ours either',
    async (id) => {
      const operation = operations.get(id)!;
      // Versions are counted in each thing: theirs is as good as ours.
      for (const name of pathNames(operation).filter((name) => name !== 'version')) {
        const mixed: Known = { ...knownOf(mine), [name]: knownOf(theirs)[name] ?? [] };
        expect((await send(plainRequest(operation, mixed))).status).toBe(404);
      }
    },
  );

  it('are not found by the ids in a body', async () => {
    const found: string[] = [];
    const ofBrand = [...operations.values()].filter(({ path }) => !path.startsWith('/v1/me/'));
    for (const operation of ofBrand)
      for (const way of operation.body ? waysOf(operation.body.schema) : []) {
        const path = pathNames(operation).map((name) => [name, knownOf(mine)[name] ?? []]);
        const request = plainRequest(operation, { ...knownOf(theirs), ...Object.fromEntries(path) }, way);
        if (!idsOf(theirs).some((id) => JSON.stringify(request.body).includes(id))) continue;
        found.push(operation.id);
        expect((await send(request)).status).toBe(404);
      }
    expect(found.toSorted()).toEqual([
      'createContent',
      'createExperiment',
      'distributeCodes',
      'distributeCodes',
      'grantByHand',
      'requestReview',
      'unlinkPlayer',
    ]);
  });

  test.each(lists.map(({ id }) => id))('are not among what %s shows', async (id) => {
    const operation = operations.get(id)!;
    const all = await send(plainRequest(operation, {}));
    expect([all.status, idsIn(theirs, all)]).toEqual([200, []]);
    for (const { name, in: where } of operation.parameters) {
      const value = knownOf(theirs)[name]?.[0];
      if (where !== 'query' || !Object.values(theirs).includes(value)) continue;
      const filtered = await app.request('GET', `${operation.path}?${name}=${value}`);
      expect([name, filtered.status, idsIn(theirs, filtered)]).toEqual([name, 200, []]);
    }
  });

  it('are there for the other brand, in every list', async () => {
    for (const { id } of lists) {
      const { body } = await send(plainRequest(operations.get(id)!, {}), theirBrand.ownerKey);
      if ('items' in body) expect([id, body.items.length]).not.toEqual([id, 0]);
      expect([id, idsIn(mine, { body } as TestResponse)]).toEqual([id, []]);
    }
  });

  it('are not recognised by their code', async () => {
    const found = await app.request('POST', '/v1/codes/lookup', { body: { code: theirs.code } });
    expect(found.status).toBe(404);
    const used = await app.request('POST', '/v1/activations', {
      body: { code: theirs.code, player: { id: 'p-1', currency: 'EUR' } },
    });
    expect([used.status, used.body.key]).toEqual([422, 'code_not_found']);
  });

  it('are as they were, whatever was tried above', async () => {
    expect(await everythingTheySee()).toEqual(before);
  });
});

describe('the brand of a credential', () => {
  it('stands, whatever a header asks for', async () => {
    const { body } = await app.request('GET', '/v1/brand', {
      headers: { 'promosmith-brand': theirBrand.brand.slug },
    });
    expect(body.slug).toBe(app.brand.slug);
  });

  it('is one that the member of staff works for', async () => {
    const me = await signInAs(app, 'owner');
    const as = (slug: string) => me.request('GET', '/v1/brand', { headers: { 'promosmith-brand': slug } });
    expect((await as(app.brand.slug)).body.slug).toBe(app.brand.slug);
    expect((await as(theirBrand.brand.slug)).status).toBe(403);
  });
});

/** Changes by itself: deliveries go on, the audit log is sealed, use of keys is noted. */
const RESTLESS: ReadonlySet<string> = new Set([
  ...['health', 'failingSince', 'position', 'hash', 'lastUsedAt'],
  'countedUntil',
  'countedAt',
]);
const NOT_COMPARED: readonly string[] = [
  ...['listWebhookDeliveries', 'verifyAudit'],
  // To read these is to change something: an export is on record.
  ...['exportCodeBatch', 'exportCampaignCodes', 'exportReportCsv', 'exportReportXlsx', 'exportReportParquet'],
  // Of the installation, which is never twice the same.
  'getSystem',
];

/** What their own key reads, by operation. */
async function everythingTheySee(): Promise<Record<string, unknown>> {
  const seen: Record<string, unknown> = {};
  for (const { id } of reads.filter((route) => !NOT_COMPARED.includes(route.id))) {
    const request = plainRequest(operations.get(id)!, knownOf(theirs));
    seen[id] = settled((await send(request, theirBrand.ownerKey)).body);
  }
  return seen;
}

function settled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(settled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => !RESTLESS.has(name));
  return Object.fromEntries(entries.map(([name, inside]) => [name, settled(inside)]));
}
