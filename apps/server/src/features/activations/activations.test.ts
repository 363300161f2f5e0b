import { randomUUID } from 'node:crypto';
import { CampaignDefinition } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSecrets } from '../../platform/secrets.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { codeKey } from '../codes/index.ts';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function offer(definition: Record<string, unknown>, code: string, maxUses: number | null = null) {
  const campaignId = randomUUID();
  const parsed = CampaignDefinition.parse({
    rewards: [
      {
        kind: 'bonus_balance',
        amount: { EUR: 1_000 },
        wagering: { multiplier: 3_500 },
      },
    ],
    terms: { significant: 'T&C apply' },
    ...definition,
  });
  const by = JSON.stringify({ kind: 'system', id: 'test' });
  const { brandId } = app.brand;
  await app.db.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, created_by) values ($1, $2, 'Test', 'active', 1, $3)`,
    [campaignId, brandId, by],
  );
  await app.db.query(
    'insert into campaign_versions (campaign_id, version, definition, created_by) values ($1, 1, $2, $3)',
    [campaignId, JSON.stringify(parsed), by],
  );
  await app.db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, max_uses, last4, shared_text) values ($1, $2, $3, $3, 'shared', $4, $5, $6)`,
    [
      codeKey(openSecrets(app.config.secretKey), brandId, code),
      brandId,
      campaignId,
      maxUses,
      code.slice(-4),
      code,
    ],
  );
  return campaignId;
}

const player = (id: string) => ({ id, country: 'DE', currency: 'EUR' });
const activate = (code: string, id: string, headers?: Record<string, string>) =>
  app.request('POST', '/v1/activations', { body: { code, player: player(id) }, ...(headers && { headers }) });

describe('activating a code', () => {
  it('grants the bonus to a player nobody had told of', async () => {
    await offer({ audience: { rule: 'player.country == "DE"' } }, 'HELLO1');
    const { status, body } = await activate('hello-1', 'p1');
    expect([status, body]).toEqual([201, expect.objectContaining({ outcome: 'accepted', player: 'p1' })]);
    expect(body.grants).toEqual([
      expect.objectContaining({
        kind: 'bonus_balance',
        status: 'active',
        amount: 1_000,
        wageringRequired: 35_000,
      }),
    ]);
  });

  it('gives a repeat under the same key the same body, and refuses the key for another request', async () => {
    await offer({}, 'AGAIN1');
    const headers = { 'idempotency-key': 'k1' };
    const first = await activate('AGAIN1', 'p2', headers);
    const second = await activate('AGAIN1', 'p2', headers);
    expect([second.status, second.body]).toEqual([201, first.body]);
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    const other = await activate('AGAIN-2', 'p2', headers);
    expect([other.status, other.body.key]).toEqual([409, 'conflict']);
  });

  it('with a player’s token is that player’s: nobody else can be named, nor another address', async () => {
    await offer({}, 'TOKEN1');
    await app.request('PUT', '/v1/players/own', { body: { currency: 'EUR' } });
    const key = await app.playerToken('own');
    const others = { player: { player: player('somebody') }, ip: { ip: '203.0.113.7' } };
    for (const path of ['/v1/activations', '/v1/validations'])
      for (const [field, named] of Object.entries(others)) {
        const refused = await app.request('POST', path, { key, body: { code: 'TOKEN1', ...named } });
        expect([refused.status, refused.body.errors?.[0].field]).toEqual([422, field]);
      }
    const { status, body } = await app.request('POST', '/v1/activations', { key, body: { code: 'TOKEN1' } });
    expect([status, body.player]).toEqual([201, 'own']);
    const { items } = (await app.request('GET', '/v1/activations?player=somebody')).body;
    expect(items).toEqual([]);
  });

  it('refuses with the key, every reason and the activation to look up', async () => {
    await offer(
      { audience: { rule: 'player.country == "AT"', minAge: 18 }, limits: [{ scope: 'player', max: 1 }] },
      'NOPE99',
    );
    const { status, body } = await activate('NOPE99', 'p3');
    expect([status, body.key]).toEqual([422, 'audience_rules_violated']);
    expect(body.reasons.map(({ check }: { check: string }) => check)).toEqual([
      'player.age',
      'audience.rule',
    ]);
    const explained = await app.request('GET', `/v1/activations/${body.activationId}/explanation`);
    expect(explained.status).toBe(200);
    expect(explained.body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(2);
  });

  it('accepts exactly as many as the limit allows, from players at once', async () => {
    await offer({ limits: [{ scope: 'player', max: 1 }] }, 'LIMIT10', 10);
    const answers = await Promise.all(Array.from({ length: 60 }, (_, i) => activate('LIMIT10', `many-${i}`)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(new Set(answers.filter(({ status }) => status !== 201).map(({ body }) => body.key))).toEqual(
      new Set(['quantity_exceeded']),
    );
    const { rows } = await app.db.query(
      `select count(*)::int as n from outbox, json_array_elements(events->'events') e where e->>'type' = 'code.limit_reached'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('reverses once, and the use is free again', async () => {
    await offer({}, 'BACK1', 1);
    const first = await activate('BACK1', 'p4');
    expect((await activate('BACK1', 'p5')).body.key).toBe('quantity_exceeded');
    const reverse = () =>
      app.request('POST', `/v1/activations/${first.body.id}/reversals`, { body: { reason: 'mistake' } });
    const [one, two] = await Promise.all([reverse(), reverse()]);
    expect(one.body).toEqual(two.body);
    expect((await activate('BACK1', 'p5')).status).toBe(201);
    expect((await activate('BACK1', 'p6')).body.key).toBe('quantity_exceeded');
  });
});
