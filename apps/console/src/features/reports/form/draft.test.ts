import { describe, expect, it } from 'vitest';
import type { Report } from '../words.ts';
import { draftOf, inputOf, newDraft } from './draft.ts';

const ALL = ['campaignId', 'player'];
const CAMPAIGN = '01a20000-0000-7000-8000-000000000001';
const STAFF = '01a20000-0000-7000-8000-000000000002';

const saved = (part: Partial<Report>): Report => ({
  ...{ id: CAMPAIGN, name: 'Weekly', kind: 'campaigns', columns: null, shared: true, schedule: null },
  filters: { period: { kind: 'last_days', days: 30 } },
  owner: { kind: 'staff', id: STAFF },
  ...{ nextDueAt: null, revision: 1, createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z' },
  ...part,
});

describe('the form of a report', () => {
  it.each<Partial<Report>>([
    {},
    { filters: { period: { kind: 'last_month' }, campaignId: CAMPAIGN } },
    { filters: { period: { kind: 'days', from: '2026-10-01', to: '2026-10-31' }, player: 'p-1' } },
    { columns: ['campaign', 'cost'] },
    {
      schedule: { every: { kind: 'week', weekday: 5, hour: 7 }, format: 'csv', recipients: [STAFF] },
    },
    {
      schedule: { every: { kind: 'month', day: 31, hour: 0 }, format: 'parquet', recipients: [STAFF] },
    },
    { schedule: { every: { kind: 'day', hour: 23 }, format: 'xlsx', recipients: [STAFF] } },
  ])('keeps what was saved: %j', (part) => {
    const report = saved(part);
    const { name, kind, filters, columns, shared, schedule } = report;
    expect(inputOf(draftOf(report), ALL)).toEqual({ name, kind, filters, columns, shared, schedule });
  });

  it('leaves out what reports of the kind are not filtered by', () => {
    const draft = { ...newDraft('refusals', CAMPAIGN), player: 'p-1' };
    expect(inputOf(draft, ['campaignId']).filters).toEqual({
      period: { kind: 'last_days', days: 30 },
      campaignId: CAMPAIGN,
    });
  });
});
