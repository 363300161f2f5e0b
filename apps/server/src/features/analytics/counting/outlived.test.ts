import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { deleteOldMessages } from '../../channels/retention.ts';
import { countAll, happen, sumsOf } from '../testing.ts';
import { LONGEST_TEXT } from './outreach.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
});
afterAll(() => app.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const RETENTION_DAYS = 180;
const player = 'kim';
/** Any text that was sent in the test before would be counted as well. */
let label: string;
beforeEach(async () => {
  label = `label_${randomUUID().slice(0, 8)}`;
  await app.request('PUT', `/v1/players/${player}`, { body: { currency: 'EUR', country: 'FI' } });
  await app.db.query(
    `insert into labels (label_id, brand_id, name, kind, version, created_by)
     values (gen_random_uuid(), $1, $2, 'text', 1, '{}')`,
    [app.brand.brandId, label],
  );
});

interface Sent {
  readonly text?: string;
  readonly batchId?: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A message that was sent and shown, with the code it carried, and was over a day later. */
async function send({ text = 'Hi', batchId, at }: Sent): Promise<void> {
  const messageId = randomUUID();
  await app.db.query(
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product, content_id,
       content_version, locale, labels, state, expires_at)
     select player_id, $1::uuid, brand_id, external_id, $1::uuid::text, '{}', 'popup', 'casino', $1::uuid, 1, 'en', $2, 'expired', $3
     from players where brand_id = $4 and external_id = $5`,
    [
      messageId,
      JSON.stringify({ [label]: text }),
      new Date(at + DAY_MS).toISOString(),
      app.brand.brandId,
      player,
    ],
  );
  if (batchId)
    await app.db.query(
      `insert into label_draws (player_id, message_id, name, batch_id, code_key)
       select player_id, $1, 'promo_code', $2, gen_random_uuid() from players where brand_id = $3 and external_id = $4`,
      [messageId, batchId, app.brand.brandId, player],
    );
  const about = { player, messageId, channel: 'popup', contentId: messageId };
  const time = new Date(at).toISOString();
  await happen(app, time, ['message.sent', about], ['message.shown', about]);
}

async function createBatch(campaignId: string): Promise<string> {
  const batchId = randomUUID();
  await app.db.query(
    `insert into code_batches (batch_id, brand_id, campaign_id, kind, code_kind, status, created_by)
     values ($1, $2, $3, 'generated', 'unique', 'ready', '{}')`,
    [batchId, app.brand.brandId, campaignId],
  );
  return batchId;
}

/** What is told of the label: how often it was sent, as what, and on how many days. */
async function labelsSent(): Promise<{ detail: string; sent: number; days: number }[]> {
  const { rows } = await app.db.query<{ detail: string; sent: number; days: number }>(
    `select detail, sum(count)::int as sent, count(*)::int as days from outreach_days
     where brand_id = $1 and kind = 'label' and subject = $2 group by detail order by detail`,
    [app.brand.brandId, label],
  );
  return rows;
}

async function setTimeZone(timeZone: string): Promise<void> {
  await app.db.query('update brands set time_zone = $2 where brand_id = $1', [app.brand.brandId, timeZone]);
  await countAll(app);
}

describe('a long static text', () => {
  /** Of characters of three bytes, so many different ones that no index can press them together. */
  const chinese = (length: number) =>
    Array.from({ length }, (_, n) => String.fromCodePoint(0x4e00 + ((n * 7_919) % 20_000))).join('');

  it('is told by its beginning, and holds up no number', async () => {
    const texts = [chinese(1_000), '𠀀'.repeat(500), 'short'];
    for (const text of texts) await send({ text, at: Date.now() });
    await countAll(app);
    expect(await labelsSent()).toEqual(
      texts
        .map((text) => {
          const characters = [...text];
          const beginning = characters.slice(0, LONGEST_TEXT).join('');
          return `=${beginning}${characters.length > LONGEST_TEXT ? '…' : ''}`;
        })
        .sort()
        .map((detail) => ({ detail, sent: 1, days: 1 })),
    );
    const { rows } = await app.db.query(
      `select from rollup_feeds f join chain_heads h using (brand_id, position) where chain = 'outbox' and brand_id = $1`,
      [app.brand.brandId],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('what was counted of messages that are deleted by now', () => {
  const midnight = Math.floor(Date.now() / DAY_MS) * DAY_MS;
  const longAgo = midnight - 400 * DAY_MS;
  /** Messages that are deleted. */
  const deleted = [0, 5, 11, 12, 13, 22, 23, 23.5].map((hours) => longAgo + hours * HOUR_MS);
  /** Messages that are not, on either side of where days are counted anew: two days after the first of them, at 1:00 UTC. */
  const stored = Array.from({ length: 40 }, (_, n) => midnight - 40 * DAY_MS + (1 + n * 3) * HOUR_MS);
  const all = deleted.length + stored.length;

  const campaignNumbers = async (campaignId: string) => {
    const { rows } = await app.db.query(
      `select dimension, value, measure, sum(count)::int as count from breakdown_days where campaign_id = $1
       group by 1, 2, 3 having sum(count) <> 0 order by 1, 2, 3`,
      [campaignId],
    );
    const { rows: behind } = await app.db.query(
      'select fact_id, measure, at, count, about from facts where campaign_id = $1 order by fact_id',
      [campaignId],
    );
    return { rows, behind };
  };
  const sums = () => sumsOf(app.db, 'rollups', app.brand.brandId);

  const clocks = ['Pacific/Kiritimati', 'Pacific/Pago_Pago'];
  test.each<[string, () => Promise<unknown>]>([
    ['counted anew', () => app.analytics.recount(app.brand.brandId)],
    ['in days of a clock ahead', () => setTimeZone('Pacific/Kiritimati')],
    ['in days of a clock behind', () => setTimeZone('Pacific/Pago_Pago')],
    ['in days of one and then the other', () => setTimeZone(clocks.shift() ?? 'Europe/Malta')],
  ])('is the same %s, as often as that is done', async (_, anew) => {
    await setTimeZone('Europe/Malta');
    const { campaignId } = await createCampaign(app);
    const batchId = await createBatch(campaignId);
    for (const at of [...deleted, ...stored]) await send({ at, batchId });
    await countAll(app);
    const before = {
      labels: await labelsSent(),
      numbers: await campaignNumbers(campaignId),
      sums: await sums(),
    };
    expect(before.labels).toMatchObject([{ detail: '=Hi', sent: all }]);
    expect(before.numbers.behind).toHaveLength(all);
    while (await deleteOldMessages(app.db, RETENTION_DAYS)) {}
    const { rows: kept } = await app.db.query(`select from messages where labels ? $1`, [label]);
    expect(kept).toHaveLength(stored.length);

    for (const doAnew of [
      anew,
      anew,
      () => app.analytics.recount(app.brand.brandId),
      () => setTimeZone('Asia/Tokyo'),
    ]) {
      await doAnew();
      expect(await campaignNumbers(campaignId)).toEqual(before.numbers);
      expect(await sums()).toEqual(before.sums);
      expect((await labelsSent()).map(({ detail, sent }) => [detail, sent])).toEqual([['=Hi', all]]);
    }
  });

  it('does not keep what nobody told from being put right', async () => {
    await send({ at: longAgo });
    await send({ at: Date.now() });
    await countAll(app);
    while (await deleteOldMessages(app.db, RETENTION_DAYS)) {}
    await app.db.query(
      `update outreach_days set count = count + 5 where day >= current_date - 2 and brand_id = $1`,
      [app.brand.brandId],
    );
    await app.analytics.recount(app.brand.brandId);
    expect(await labelsSent()).toEqual([{ detail: '=Hi', sent: 2, days: 2 }]);
  });

  it('leaves nothing behind that the log does not tell', async () => {
    const { campaignId } = await createCampaign(app);
    await app.db.query(
      `insert into facts (player_id, fact_id, brand_id, campaign_id, measure, detail, currency, count, amount, at, about)
       values (gen_random_uuid(), gen_random_uuid(), $1, $2, 'shown', '', '', 1, 0, now(), gen_random_uuid())`,
      [app.brand.brandId, campaignId],
    );
    await app.analytics.recount(app.brand.brandId);
    expect((await campaignNumbers(campaignId)).behind).toEqual([]);
  });
});
