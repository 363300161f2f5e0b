import type { BadLine } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { upsertInline } from '../../players/index.ts';
import { codeKey } from '../code-key.ts';
import { lastSymbols } from '../mask.ts';
import { createSealing, type Sealing } from '../sealing.ts';
import { insertCodes, type NewCode } from '../store/codes.ts';
import { insertBadLines, madeInOf } from '../store/imports.ts';
import type { ImportedCode, ReadLine } from './row.ts';

/** Where the lines of an import go. */
export interface Destination {
  brandId: string;
  campaignId: string;
  batchId: string;
}

export interface Counts {
  /** Lines with something on them. */
  lines: number;
  imported: number;
  bad: number;
}

export const NOTHING: Counts = { lines: 0, imported: 0, bad: 0 };

export const sum = (one: Counts, other: Counts): Counts => ({
  lines: one.lines + other.lines,
  imported: one.imported + other.imported,
  bad: one.bad + other.bad,
});

/** Stores the good lines and keeps the bad ones with their reasons: what is not stored is in the report. */
export async function storeLines(
  tx: Queryable,
  secrets: Secrets,
  to: Destination,
  lines: readonly ReadLine[],
): Promise<Counts> {
  const told = lines.filter((line) => line.kind !== 'blank');
  const good = told.flatMap((line) => (line.kind === 'good' ? [line.code] : []));
  const faults = told.flatMap((line) => (line.kind === 'bad' ? line.faults : []));
  const first = new Map<string, ImportedCode>();
  for (const code of good) {
    const key = codeKey(secrets, to.brandId, code.key);
    const earlier = first.get(key);
    if (earlier) faults.push(fault(code, `is the same code as line ${earlier.line}`));
    else first.set(key, code);
  }
  await ensureHolders(tx, to.brandId, [...first.values()]);
  const stored = await insertCodes(tx, newCodes(createSealing(secrets), to, first));
  faults.push(...(await takenFaults(tx, to, first, stored)));
  await insertBadLines(tx, to.batchId, faults);
  return { lines: told.length, imported: stored.size, bad: told.length - stored.size };
}

const fault = ({ line }: ImportedCode, reason: string): BadLine => ({ line, field: 'code', reason });

async function takenFaults(
  tx: Queryable,
  { batchId }: Destination,
  codes: ReadonlyMap<string, ImportedCode>,
  stored: ReadonlySet<string>,
): Promise<BadLine[]> {
  const taken = [...codes].filter(([key]) => !stored.has(key));
  const madeIn = await madeInOf(
    tx,
    taken.map(([key]) => key),
  );
  return taken.map(([key, code]) =>
    fault(
      code,
      madeIn.get(key) === batchId ? 'is the same code as an earlier line' : 'the brand has this code already',
    ),
  );
}

async function ensureHolders(tx: Queryable, brandId: string, codes: readonly ImportedCode[]): Promise<void> {
  const holders = codes.flatMap(({ holder }) => (holder === null ? [] : [holder]));
  await upsertInline(
    tx,
    holders.map((externalId) => ({ brandId, externalId, details: {} })),
  );
}

function newCodes(sealing: Sealing, to: Destination, codes: ReadonlyMap<string, ImportedCode>): NewCode[] {
  const sealed = sealing.seal([...codes.values()].map(({ text }) => text));
  return [...codes].map(([codeKey, code], at) => ({
    ...to,
    codeKey,
    position: code.line,
    kind: code.kind,
    maxUses: code.maxUses,
    holderId: code.holder === null ? null : playerId(to.brandId, code.holder),
    startsAt: code.startsAt,
    endsAt: code.endsAt,
    last4: lastSymbols(code.text),
    sharedText: code.kind === 'shared' ? code.text : null,
    sealedText: code.kind === 'shared' ? null : (sealed[at] ?? null),
  }));
}
