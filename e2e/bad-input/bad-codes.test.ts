import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { validCampaign } from '../../apps/server/src/features/campaigns/testing.ts';
import { startTestApp, type TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from '../support/done.ts';
import { expectRefused, invalid, type Refused } from '../support/refused.ts';

/*
 * What callers get wrong about codes: bad CSV, codes beyond reading, emoji, text of both directions. Every kind of text is
 * in packages/core/src/codes/normalise.test.ts, every bad line in apps/server/src/features/codes/import/import.test.ts.
 */

let app: TestApp;
/** A draft, to which codes can be added. */
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  campaignId = (await done(app.request('POST', '/v1/campaigns', { body: validCampaign() }))).id;
  await done(
    app.request('POST', `/v1/campaigns/${campaignId}/codes`, { body: { kind: 'shared', code: 'SPRING25' } }),
  );
});
afterAll(() => app.close());

describe('CSV', () => {
  const importing = (body: string | undefined, refused: Refused) =>
    expectRefused(
      app,
      'POST',
      `/v1/campaigns/${campaignId}/codes/import`,
      { body, headers: { 'content-type': 'text/csv' } },
      refused,
    );
  const badHeader = (field: string, says: RegExp): Refused => ({
    status: 422,
    key: 'import_header_invalid',
    field,
    says,
  });

  test.each<[string, string, Refused]>([
    ['that is empty', '', { status: 422, key: 'import_empty', says: /empty/ }],
    ['without a header', 'SUMMER\nWINTER\n', badHeader('summer', /first line names the columns: code/)],
    [
      'with a column misspelt',
      'code,max_use\nA,1\n',
      badHeader('max_use', /first line names the columns: code/),
    ],
    ['that is JSON', '{"code": "SUMMER"}', badHeader('header', /first line names the columns/)],
  ])('%s', async (_, csv, refused) => {
    await importing(csv, refused);
  });

  it('with bad lines: they are told of, and the good ones kept', async () => {
    const csv = `code,max_uses\n"OPEN,1\nWIN🎉,1\n${'X'.repeat(10_000)},1\nMINUS,-1\nGOOD,1\n`;
    const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/codes/import`, {
      body: csv,
      headers: { 'content-type': 'text/csv' },
    });
    expect(body.batch).toMatchObject({ lines: 5, badLines: 4, size: 1 });
    const { body: report } = await app.request('GET', `/v1/code-batches/${body.batch.id}/import-report`);
    expect(report.trim().split(/\r?\n/)).toEqual([
      'line,field,reason',
      expect.stringMatching(/^2,line,.*quote/),
      expect.stringMatching(/^3,code,.*U\+1F389/),
      expect.stringMatching(/^4,code,.*at most 64 characters/),
      expect.stringMatching(/^5,max_uses,.*above zero/),
    ]);
  });
});

describe('a code of 10,000 characters', () => {
  const code = 'X'.repeat(10_000);

  it.each(['/v1/activations', '/v1/validations'])('is refused by %s', async (path) => {
    const body = { code, player: { id: 'p-1' } };
    await expectRefused(app, 'POST', path, { body }, invalid('code', /<=200 characters/));
  });

  it('is refused where codes are made and looked up', async () => {
    const refused = { status: 422, key: 'code_too_long', field: 'code', says: /at most 64 characters/ };
    const path = `/v1/campaigns/${campaignId}/codes`;
    await expectRefused(app, 'POST', path, { body: { kind: 'shared', code } }, refused);
    await expectRefused(app, 'POST', '/v1/codes/lookup', { body: { code } }, refused);
  });
});

describe('emoji and bidirectional text in codes', () => {
  test.each([
    ['an emoji', 'WIN🎉', 'code_unsupported_character', /U\+1F389/],
    ['a family of emoji', '👨‍👩‍👧', 'code_unsupported_character', /U\+1F468/],
    ['letters of both directions', 'WINשלום', 'code_mixed_direction', /one direction/],
    ['direction marks and nothing else', '\u202e\u202c', 'code_empty', /Enter a code/],
  ])('%s makes no code', async (_, code, key, says) => {
    const path = `/v1/campaigns/${campaignId}/codes`;
    const refused = { status: 422, key, field: 'code', says };
    await expectRefused(app, 'POST', path, { body: { kind: 'shared', code } }, refused);
  });

  it.each(['WIN🎉', 'WINשלום', '\u202e'])(
    '%j is a code that does not exist, and that is logged',
    async (code) => {
      const player = { id: `player-of-${[...code].length}` };
      const { status, body } = await app.request('POST', '/v1/activations', { body: { code, player } });
      expect([status, body.key]).toEqual([422, 'code_not_found']);
      const logged = await app.request('GET', `/v1/activations/${body.activationId}`);
      expect(logged.body).toMatchObject({ outcome: 'refused', player: player.id, codeId: null });
    },
  );

  it('are told apart from the code around which direction marks were copied', async () => {
    const { body } = await app.request('POST', '/v1/codes/lookup', {
      body: { code: '\u202eSPRING\u202c\u200f25' },
    });
    expect(body.code).toBe('SPRING25');
  });
});
