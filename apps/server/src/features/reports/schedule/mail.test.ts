import type { ReportMail } from '@promosmith/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstIdAt } from '../../../platform/ids.ts';
import { activate } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../../testing/test-staff.ts';

import { type MailServer, smtpError, startMailServer } from '../../channels/testing/mail-server.ts';
import { activations } from '../kinds/activations.ts';
import { writeDue } from './due.ts';
import { claimMail } from './store.ts';

let app: TestApp;
let ann: TestMember;
beforeEach(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true, logLevel: 'fatal' } });
  ann = await signInAs(app, 'data_analyst');
});
afterEach(() => app.close());

async function connect(mail: MailServer): Promise<void> {
  const from = { name: 'Lucky Star', address: 'reports@lucky-star.example' };
  const body = { kind: 'smtp', host: '127.0.0.1', port: mail.port, security: 'none', from };
  const { status } = await app.request('PUT', '/v1/channels/email', { body });
  expect(status).toBe(201);
}

/** A report that is sent every day. @returns its id. */
async function schedule(recipients: readonly string[], format = 'csv'): Promise<string> {
  const { status, body } = await ann.request('POST', '/v1/reports', {
    body: {
      ...{ name: 'Yesterday', kind: 'activations', columns: ['player', 'outcome'] },
      filters: { period: { kind: 'last_days', days: 1 } },
      schedule: { every: { kind: 'day', hour: 7 }, format, recipients },
    },
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(Date.parse(body.nextDueAt)).toBeGreaterThan(Date.now());
  return body.id;
}

/** Instead of waiting until its time has come. */
const makeDue = (id: string, due = "now() - interval '1 minute'") =>
  app.db.query(`update reports set next_due_at = ${due} where report_id = $1`, [id]);

const mailsOf = async (id: string) => (await ann.request('GET', `/v1/reports/${id}/mails`)).body.items;

describe('a report that is due', () => {
  it('is mailed to each recipient once, with what was the day before as a file', async () => {
    const offer = await createOffer(app);
    await activate(app, offer.code, 'player-1');
    const yesterday = Date.now() - 86_400_000;
    await app.db.query('update activations set created_at = $1, activation_id = $2', [
      ...[new Date(yesterday), firstIdAt(yesterday)],
    ]);
    await using server = await startMailServer();
    await connect(server);
    const bob = await signInAs(app, 'marketing');
    const id = await schedule([ann.staffId, bob.staffId]);
    await makeDue(id);
    await vi.waitFor(() => expect(server.received).toHaveLength(2), { timeout: 15_000 });
    expect(server.received.flatMap(({ to }) => to).sort()).toEqual([ann.email, bob.email].sort());
    const [{ email } = { email: undefined }] = server.received;
    expect(email?.subject).toMatch(/^Yesterday: \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
    expect(email?.headers.some(({ key }) => key === 'list-unsubscribe')).toBe(false);
    const [file] = email?.attachments ?? [];
    expect(file?.filename).toMatch(/^Yesterday-\d{4}-\d\d-\d\d\.csv$/);
    expect(Buffer.from(file?.content as ArrayBuffer).toString()).toBe(
      'player,outcome\r\nplayer-1,accepted\r\n',
    );
    await vi.waitFor(async () =>
      expect(await mailsOf(id)).toMatchObject([
        { status: 'sent', attempts: 1 },
        { status: 'sent', attempts: 1 },
      ]),
    );
    const { nextDueAt } = (await ann.request('GET', `/v1/reports/${id}`)).body;
    expect(Date.parse(nextDueAt)).toBeGreaterThan(Date.now());
  });

  it('is tried again when the mail server has none of it, and shows why', async () => {
    let isBusy = true;
    await using server = await startMailServer({
      onRcptTo: (_address, _session, callback) => callback(isBusy ? smtpError(451, 'come back later') : null),
    });
    await connect(server);
    const id = await schedule([ann.staffId]);
    await makeDue(id);
    await vi.waitFor(
      async () => {
        const [mail] = await mailsOf(id);
        expect(mail).toMatchObject({ status: 'waiting', attempts: 1, sentAt: null });
        expect(mail.lastError).toMatch(/come back later/);
      },
      { timeout: 15_000 },
    );
    isBusy = false;
    await app.db.query('update report_mails set next_attempt_at = now()');
    await vi.waitFor(async () => expect(await mailsOf(id)).toMatchObject([{ status: 'sent', attempts: 2 }]), {
      timeout: 15_000,
    });
    expect(server.received).toHaveLength(1);
  });

  it('waits for an email channel, and says so', async () => {
    const id = await schedule([ann.staffId]);
    await makeDue(id);
    await vi.waitFor(
      async () => {
        const [mail] = await mailsOf(id);
        expect(mail).toMatchObject({ status: 'waiting', attempts: 1 });
        expect(mail.lastError).toMatch(/No email channel/);
      },
      { timeout: 15_000 },
    );
  });

  it('is not mailed to who has left the brand', async () => {
    await using server = await startMailServer();
    await connect(server);
    const bob = await signInAs(app, 'marketing');
    const id = await schedule([bob.staffId]);
    await app.db.query("update memberships set status = 'suspended' where staff_id = $1", [bob.staffId]);
    await makeDue(id);
    await vi.waitFor(async () => expect(await mailsOf(id)).toMatchObject([{ status: 'dropped' }]), {
      timeout: 15_000,
    });
    expect(server.received).toEqual([]);
  });

  it('is not mailed to who may not read any more what it is of', async () => {
    await using server = await startMailServer();
    await connect(server);
    const bob = await signInAs(app, 'marketing');
    const id = await schedule([bob.staffId, ann.staffId]);
    // Every role may read activations: instead of a role, the kind is changed.
    const before = activations.permission;
    Object.assign(activations, { permission: 'risk:read' });
    try {
      await makeDue(id);
      const statuses = async () =>
        Object.fromEntries((await mailsOf(id)).map(({ staffId, status }: ReportMail) => [staffId, status]));
      await vi.waitFor(
        async () => expect(await statuses()).toEqual({ [bob.staffId]: 'dropped', [ann.staffId]: 'sent' }),
        { timeout: 15_000 },
      );
      expect(server.received.flatMap(({ to }) => to)).toEqual([ann.email]);
    } finally {
      Object.assign(activations, { permission: before });
    }
  });

  it('is saved for nobody who may not read what it is of', async () => {
    const bob = await signInAs(app, 'marketing');
    const before = activations.permission;
    Object.assign(activations, { permission: 'risk:read' });
    try {
      const { status, body } = await ann.request('POST', '/v1/reports', {
        body: {
          ...{ name: 'Leak', kind: 'activations', filters: { period: { kind: 'last_month' } } },
          schedule: {
            ...{ every: { kind: 'day', hour: 7 }, format: 'csv', recipients: [ann.staffId, bob.staffId] },
          },
        },
      });
      expect([status, body.errors?.length]).toEqual([422, 1]);
      expect(body.errors[0]).toMatchObject({ field: 'schedule.recipients.1' });
      expect(body.errors[0].reason).toContain('risk:read');
    } finally {
      Object.assign(activations, { permission: before });
    }
  });

  it('is for staff of the brand alone', async () => {
    const { brand } = await app.anotherBrand();
    const stranger = await signInAs(app, 'owner', brand.brandId);
    const { status, body } = await ann.request('POST', '/v1/reports', {
      body: {
        ...{ name: 'Leak', kind: 'activations', filters: { period: { kind: 'last_month' } } },
        schedule: { every: { kind: 'day', hour: 7 }, format: 'csv', recipients: [stranger.staffId] },
      },
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: 'schedule.recipients.0' }]);
  });
});

describe('several processes', () => {
  it('write each mail of a due time once, and take each once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => schedule([ann.staffId])));
    // The app's own background work takes part.
    const brands = { read: async () => app.brand };
    await app.db.query("update reports set next_due_at = now() - interval '3 days'");
    const rounds = Array.from({ length: 12 }, () => writeDue(app.db, brands));
    await Promise.all(rounds);
    while (await writeDue(app.db, brands)) {}
    const { rows } = await app.db.query<{ reportId: string; n: number }>(
      'select report_id as "reportId", count(*) as n from report_mails group by report_id',
    );
    expect(rows.map(({ reportId, n }) => [reportId, n]).sort()).toEqual(ids.map((id) => [id, 1]).sort());
  });

  it('never hold the same mail', async () => {
    const id = await schedule([ann.staffId]);
    const staff = Array.from({ length: 40 }, () => crypto.randomUUID());
    await app.db.query(
      `insert into report_mails (report_id, due_at, staff_id, brand_id, mail_id, next_attempt_at)
       select $1, now(), s, $2, gen_random_uuid(), now() - interval '1 hour' from unnest($3::uuid[]) s`,
      [id, app.brand.brandId, staff],
    );
    const claimed = await Promise.all(Array.from({ length: 80 }, () => claimMail(app.db)));
    const taken = claimed.flatMap((mail) => mail?.staffId ?? []);
    expect(new Set(taken).size).toBe(taken.length);
  });
});
