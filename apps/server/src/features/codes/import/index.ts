import { Readable } from 'node:stream';
import type { BadLine, CodeKind } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { csvLine } from '../../../platform/csv.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { JobStarter, Jobs } from '../../../platform/jobs/index.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import type { Approvals } from '../../approvals/index.ts';
import type { Brands } from '../../brands/index.ts';
import { loadLive } from '../../campaigns/index.ts';
import { admitCodes } from '../admission.ts';
import { type By, batchNotFound, campaignNotFound } from '../code.ts';
import { auditBatch } from '../recording.ts';
import { type BatchRecord, findBatch, insertBatch, moveBatch } from '../store/batches.ts';
import { allBadLines, deleteParts, listBadLines } from '../store/imports.ts';
import { firstLine, readChunks } from './chunks.ts';
import { type Header, readHeader } from './header.ts';
import { finishImport, type ImportInput, type ImportPlan } from './job.ts';
import { NOTHING, storeLines, sum } from './store-lines.ts';
import { keepSmall, receive, storedFile, type Upload } from './upload.ts';

const IMPORT = 'codes.import';
const Waiting = z.object({ batchId: z.uuid(), lines: z.int(), bytes: z.int() });
const SHOWN_BAD_LINES = 1_000;

/** `report` when the import is done; a batch alone when it goes on as a job, or waits for approval. */
export interface Imported {
  batch: BatchRecord;
  report: BadLine[] | undefined;
}

/** Importing codes from CSV: good lines are kept, bad ones reported, none is lost. */
export function createImport(
  db: Database,
  secrets: Secrets,
  { brands, approvals, jobs }: { brands: Brands; approvals: Approvals; jobs: Jobs },
  starter: JobStarter<ImportInput>,
) {
  async function startImport(tx: Queryable, batch: BatchRecord, bytes: number): Promise<Result<unknown>> {
    const { batchId, brandId, createdBy } = batch;
    const jobId = await starter.start(tx, { brandId, actor: createdBy, input: { batchId }, total: bytes });
    return (await moveBatch(tx, batchId, 'pending_approval', 'making', { jobId }))
      ? ok(undefined)
      : refuse('conflict', 'The batch no longer waits for approval.');
  }

  approvals.register(IMPORT, {
    async approved(tx, { brandId, payload }) {
      const { batchId, bytes } = Waiting.parse(payload);
      const batch = await findBatch(tx, brandId, batchId);
      return batch ? startImport(tx, batch, bytes) : batchNotFound();
    },
    async closed(tx, { payload }) {
      await moveBatch(tx, Waiting.parse(payload).batchId, 'pending_approval', 'rejected');
    },
  });

  interface File {
    header: Header;
    kind: CodeKind;
    bytes: number;
    lines: number;
  }

  /** The row of a new import, waiting. */
  async function newBatch(
    tx: Queryable,
    by: By,
    campaignId: string,
    batchId: string,
    { header, kind, bytes }: File,
    approvalId: string | null,
  ): Promise<BatchRecord> {
    await insertBatch(tx, {
      batchId,
      brandId: by.brandId,
      campaignId,
      kind: 'imported',
      codeKind: kind,
      status: 'pending_approval',
      pattern: null,
      alphabet: null,
      requested: null,
      jobId: null,
      approvalId,
      createdBy: by.actor,
      plan: { delimiter: header.delimiter, columns: [...header.columns], kind, bytes } satisfies ImportPlan,
    });
    return current(tx, by, batchId);
  }

  async function current(tx: Queryable, by: By, batchId: string): Promise<BatchRecord> {
    const batch = await findBatch(tx, by.brandId, batchId);
    if (!batch) throw new Error(`batch ${batchId} was not stored`);
    return batch;
  }

  const now = (by: By, campaignId: string, batchId: string, file: File, content: Buffer) =>
    db.transaction(async (tx): Promise<Result<Imported>> => {
      const admitted = await admitCodes(tx, by.brandId, campaignId);
      if (!admitted.ok) return admitted;
      const batch = await newBatch(tx, by, campaignId, batchId, file, null);
      await moveBatch(tx, batchId, 'pending_approval', 'making');
      let counts = NOTHING;
      for await (const { lines } of readChunks(Readable.from([content]), file.header, file.kind, 1))
        counts = sum(counts, await storeLines(tx, secrets, batch, lines));
      await finishImport(tx, batch, counts, { actor: by.actor, correlationId: by.requestId });
      const imported = await current(tx, by, batchId);
      await auditBatch(tx, by, 'code_batch.imported', imported);
      return ok({ batch: imported, report: await listBadLines(tx, batchId, undefined, SHOWN_BAD_LINES) });
    });

  const later = (by: By, campaignId: string, batchId: string, file: File, waits: boolean) =>
    db.transaction(async (tx): Promise<Result<Imported>> => {
      const admitted = await admitCodes(tx, by.brandId, campaignId);
      if (!admitted.ok) return admitted;
      const { lines, bytes } = file;
      const asked = waits
        ? await approvals.request(tx, {
            brandId: by.brandId,
            kind: IMPORT,
            subject: `batch/${batchId}`,
            payload: { batchId, lines, bytes } satisfies z.infer<typeof Waiting>,
            summary: `Import about ${lines} codes into campaign ${campaignId}`,
            requestedBy: by.actor,
            requestId: by.requestId,
          })
        : undefined;
      if (asked && !asked.ok) return asked;
      const batch = await newBatch(tx, by, campaignId, batchId, file, asked?.value.approvalId ?? null);
      const started = waits ? ok(undefined) : await startImport(tx, batch, bytes);
      if (!started.ok) return started;
      const requested = await current(tx, by, batchId);
      await auditBatch(tx, by, 'code_batch.requested', requested);
      return ok({ batch: requested, report: undefined });
    });

  async function take(
    by: By,
    campaignId: string,
    batchId: string,
    kind: CodeKind,
    { small, bytes, lines }: Upload,
  ): Promise<Result<Imported>> {
    const first = await firstLine(small ? Readable.from([small]) : storedFile(db, secrets, batchId));
    const header = first ? readHeader(first) : refuse('import_empty', 'The file is empty.');
    if (!header.ok) return header;
    const { bulkGeneration } = (await brands.settings(by.brandId)).approvals;
    const waits = bulkGeneration !== null && lines > bulkGeneration;
    const file = { header: header.value, kind, bytes, lines };
    if (small && !waits) return now(by, campaignId, batchId, file, small);
    if (small) await keepSmall(db, secrets, batchId, small);
    return later(by, campaignId, batchId, file, waits);
  }

  return {
    /**
     * @param kind of lines that do not name one.
     * @param stream CSV in UTF-8, read in constant memory.
     */
    async import(
      by: By,
      campaignId: string,
      kind: CodeKind,
      stream: AsyncIterable<Buffer>,
    ): Promise<Result<Imported>> {
      const [campaign] = await loadLive(db, [campaignId]);
      if (campaign?.brandId !== by.brandId) return campaignNotFound();
      const batchId = newId();
      const upload = await receive(db, secrets, batchId, stream);
      if (!upload.ok) return upload;
      const imported = await take(by, campaignId, batchId, kind, upload.value);
      if (imported.ok) jobs.wake();
      else await deleteParts(db, batchId);
      return imported;
    },

    /** Every bad line of an import, as CSV. */
    async report(brandId: string, batchId: string): Promise<Result<Readable>> {
      const batch = await findBatch(db, brandId, batchId);
      if (batch?.kind !== 'imported') return batchNotFound();
      return ok(Readable.from(reportLines(allBadLines(db, batchId)), { objectMode: false }));
    },
  };
}

async function* reportLines(badLines: AsyncIterable<BadLine>): AsyncGenerator<string> {
  yield csvLine(['line', 'field', 'reason']);
  for await (const { line, field, reason } of badLines) yield csvLine([line, field, reason]);
}
