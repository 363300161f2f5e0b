import type { CodeWatchSettings } from '@promosmith/contract';
import { judgeBurst } from '@promosmith/core/codewatch';
import type { Database, Queryable } from '../../../platform/db.ts';
import { doEachDue } from '../../../platform/do-due.ts';
import { publish } from '../../../platform/outbox.ts';
import type { SetAside } from '../../../platform/set-aside.ts';
import { type NewCase, type OpenedCase, openCases } from '../../cases/index.ts';
import type { CodesService } from '../../codes/index.ts';
import { endOfNext, findHead, findOfTypes } from '../../events/index.ts';
import { freezingOf, readSettings } from '../settings.ts';
import {
  addStrangers,
  addTries,
  beginFeeds,
  findBehind,
  findEarlierAlarms,
  findSlots,
  type Leak,
  lockFeed,
  moveFeed,
} from './store.ts';
import { TRIED, type Tries, triesOf } from './tries.ts';

const EVENTS_AT_ONCE = 2_000;

/** Who watches. */
const WATCH = { kind: 'system', id: 'code watch' } as const;

export interface Watching {
  readonly db: Database;
  readonly codes: Pick<CodesService, 'disableIn'>;
  readonly aside: SetAside;
}

/**
 * Counts what is new of each brand, and raises alarms. The place in a feed moves in the transaction of what is counted and
 * of the cases that are opened; its row is the lock, so that each event is counted once.
 * @returns whether there may be more.
 */
export async function watchNew({ db, codes, aside }: Watching): Promise<boolean> {
  await beginFeeds(db);
  return doEachDue(aside, {
    find: (names) => findBehind(db, names),
    nameOf: (brandId) => brandId,
    work: (brandId) => db.transaction((tx) => watchBrand(tx, codes, brandId)),
  });
}

async function watchBrand(tx: Queryable, codes: Watching['codes'], brandId: string): Promise<boolean> {
  const feed = await lockFeed(tx, brandId);
  if (!feed) return false;
  const head = await findHead(tx, brandId);
  if (feed.position >= head) return false;
  const position = await endOfNext(tx, brandId, { after: feed.position, upTo: head }, EVENTS_AT_ONCE);
  const events = await findOfTypes(tx, brandId, { after: feed.position, upTo: position }, TRIED);
  const { tries, triers } = triesOf(brandId, events);
  if (tries.length > 0) {
    const settings = await readSettings(tx, brandId);
    await addTries(tx, brandId, tries);
    const leaks = await addStrangers(tx, brandId, triers, settings.strangers);
    await raise(tx, codes, brandId, settings, [
      ...(await leaksOf(tx, brandId, leaks)),
      ...(await burstsOf(tx, brandId, settings, tries)),
    ]);
  }
  await moveFeed(tx, brandId, position);
  return position < head;
}

/** An alarm, and what an event tells of it. */
interface Alarm {
  readonly found: Omit<NewCase, 'brandId' | 'openedAt'>;
  readonly told: Readonly<Record<string, unknown>>;
}

/** A leak that somebody has looked into is one again when twice as many have tried. */
async function leaksOf(tx: Queryable, brandId: string, leaks: readonly Leak[]): Promise<Alarm[]> {
  if (leaks.length === 0) return [];
  const subjects = leaks.map(({ codeKey }) => `code/${codeKey}`);
  const earlier = await findEarlierAlarms(tx, brandId, 'code_leak', subjects);
  return leaks.flatMap(({ codeKey, campaignId, kind, last4, count, players }) => {
    const before = earlier.get(`code/${codeKey}`)?.count ?? 0;
    if (count < 2 * before) return [];
    return [
      {
        found: { kind: 'code_leak', codeKey, campaignId, evidence: { count, players, kind, last4 } },
        told: { codeId: codeKey, campaignId, kind, last4, players: count },
      },
    ];
  });
}

/** A burst that somebody has looked into is none again for a day. */
async function burstsOf(
  tx: Queryable,
  brandId: string,
  settings: CodeWatchSettings,
  tries: readonly Tries[],
): Promise<Alarm[]> {
  const bursts = (await findSlots(tx, brandId, tries)).flatMap((slot) => {
    const judged = judgeBurst(
      { ...slot, now: slot.slot.getTime(), firstSlot: slot.firstSlot.getTime() },
      settings,
    );
    return judged.state === 'burst' ? [{ ...slot, ...judged }] : [];
  });
  if (bursts.length === 0) return [];
  const subjectOf = ({ isCode, watchedId }: (typeof bursts)[number]) =>
    `${isCode ? 'code' : 'campaign'}/${watchedId}`;
  const earlier = await findEarlierAlarms(tx, brandId, 'code_burst', bursts.map(subjectOf));
  return bursts.flatMap((burst) => {
    if (earlier.get(subjectOf(burst))?.isFresh) return [];
    const { isCode, watchedId, campaignId, slot, tries: count, accepted, baseline, slots } = burst;
    const evidence = { slot: slot.toISOString(), tries: count, accepted, baseline, slots };
    return [
      {
        found: { kind: 'code_burst', codeKey: isCode ? watchedId : null, campaignId, evidence },
        told: {},
      },
    ];
  });
}

async function raise(
  tx: Queryable,
  codes: Watching['codes'],
  brandId: string,
  settings: CodeWatchSettings,
  alarms: readonly Alarm[],
): Promise<void> {
  if (alarms.length === 0) return;
  const { rows } = await tx.query<{ now: Date }>('select now() as now');
  const openedAt = rows[0]?.now.toISOString() ?? '';
  const cases = alarms.map(({ found }): NewCase => ({ ...found, brandId, openedAt }));
  const opened = new Map((await openCases(tx, cases)).map((one) => [`${one.kind} ${one.subject}`, one]));
  const raised = alarms.flatMap((alarm) => {
    const { kind, codeKey, campaignId } = alarm.found;
    const one = opened.get(`${kind} ${codeKey ? `code/${codeKey}` : `campaign/${campaignId}`}`);
    return one ? [{ ...alarm, ...one }] : [];
  });
  const leaks = raised.filter(({ kind }) => kind === 'code_leak');
  const [first] = leaks;
  if (first)
    await publish(
      tx,
      { brandId, actor: WATCH, correlationId: first.caseId, time: openedAt },
      leaks.map(({ told, caseId }) => ({
        type: 'code.leak_suspected',
        subject: `code/${told.codeId}`,
        correlationId: caseId,
        data: { ...told, caseId },
      })),
    );
  await freeze(tx, codes, brandId, settings, raised);
}

type Raised = Alarm & OpenedCase;

/** Where the brand wants that done before anybody has looked. One that is disabled already stays as it is. */
async function freeze(
  tx: Queryable,
  codes: Watching['codes'],
  brandId: string,
  settings: CodeWatchSettings,
  raised: readonly Raised[],
): Promise<void> {
  const wanted = raised.flatMap(({ found, kind, caseId }) => {
    const { codeKey, campaignId } = found;
    const freezing = freezingOf(settings, campaignId ?? null);
    const applies = freezing === 'both' || freezing === (kind === 'code_leak' ? 'leak' : 'burst');
    return codeKey && applies ? [{ codeKey, kind, caseId }] : [];
  });
  for (const { codeKey, kind, caseId } of wanted.sort((a, b) => (a.codeKey < b.codeKey ? -1 : 1)))
    await codes.disableIn(tx, { brandId, actor: WATCH, requestId: caseId }, codeKey, REASONS[kind] ?? '');
}

const REASONS: Partial<Record<NewCase['kind'], string>> = {
  code_leak: 'Frozen: players tried it whom it was not meant for.',
  code_burst: 'Frozen: it was tried far more often than is usual.',
};
