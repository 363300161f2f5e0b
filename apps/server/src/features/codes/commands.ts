import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Actor, type BatchStatus, Id, MAX_BATCH } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { newId } from '../../platform/ids.ts';
import type { Brands } from '../brands/index.ts';
import { type By, batchNotFound, campaignNotFound } from './code.ts';
import type { CodesService } from './service.ts';

/** What the commands work on. */
interface Faces {
  brands: Brands;
  codes: CodesService;
}

const COMMAND_LINE: Actor = { kind: 'system', id: 'command line' };

/** The command line's ways to codes: each resolves when the work is done. A brand is named by its slug. */
export const codeCommands = {
  /** Makes unique codes. @param input.onProgress told how many are stored. */
  async generate(
    { brands, codes }: Faces,
    input: {
      brand: string;
      campaign: string;
      count: number;
      pattern?: string;
      onProgress: (done: number) => void;
    },
  ): Promise<Result<{ batchId: string; generated: number }>> {
    const by = await operator(brands, input.brand);
    if (!by.ok) return by;
    if (!Id.safeParse(input.campaign).success) return campaignNotFound();
    if (input.count > MAX_BATCH) return refuse('invalid_request', `A batch has at most ${MAX_BATCH} codes.`);
    const { brandId } = by.value;
    const requested = await codes.requestBatch(by.value, input.campaign, {
      kind: 'unique',
      count: input.count,
      pattern: input.pattern,
      allowOffensive: false,
      startsAt: null,
      endsAt: null,
    });
    if (!requested.ok) return requested;
    if (requested.value.status === 'pending_approval') return waits();
    const batch = await codes.whenMade(brandId, requested.value, input.onProgress);
    return batch.status === 'ready' ? ok({ batchId: batch.batchId, generated: batch.size }) : unmade(batch);
  },

  /** Imports a CSV file; lines that cannot be used are reported, and the others are kept. */
  async import(
    { brands, codes }: Faces,
    input: { brand: string; campaign: string; csv: Readable },
  ): Promise<Result<{ batchId: string; imported: number; rejected: { line: number; reason: string }[] }>> {
    const by = await operator(brands, input.brand);
    if (!by.ok) return by;
    if (!Id.safeParse(input.campaign).success) return campaignNotFound();
    const imported = await codes.import(by.value, input.campaign, 'unique', input.csv);
    if (!imported.ok) return imported;
    if (imported.value.batch.status === 'pending_approval') return waits();
    const batch = await codes.whenMade(by.value.brandId, imported.value.batch);
    if (batch.status !== 'ready') return unmade(batch);
    const rejected: { line: number; reason: string }[] = [];
    for await (const { line, field, reason } of codes.badLines(batch.batchId))
      rejected.push({ line, reason: `${field}: ${reason}` });
    return ok({ batchId: batch.batchId, imported: batch.size, rejected });
  },

  /** Writes the codes of a batch as CSV, in full. */
  async export(
    { brands, codes }: Faces,
    input: { brand: string; batch: string; csv: Writable },
  ): Promise<Result<{ exported: number }>> {
    const by = await operator(brands, input.brand);
    if (!by.ok) return by;
    if (!Id.safeParse(input.batch).success) return batchNotFound();
    const lines = await codes.exportBatch(by.value, input.batch);
    if (!lines.ok) return lines;
    let ends = 0;
    await pipeline(
      lines.value,
      async function* counted(source: AsyncIterable<Buffer>) {
        for await (const chunk of source) {
          ends += chunk.toString('latin1').split('\n').length - 1;
          yield chunk;
        }
      },
      input.csv,
    );
    return ok({ exported: ends - 1 });
  },
};

async function operator(brands: Brands, slug: string): Promise<Result<By>> {
  const brand = await brands.bySlug(slug);
  return brand
    ? ok({ brandId: brand.brandId, actor: COMMAND_LINE, requestId: newId() })
    : refuse('not_found', `There is no brand ${slug}.`);
}

const waits = () =>
  refuse('approval_needed', 'The brand wants a second person to approve this: it waits in the approvals.');

const unmade = ({ batchId, status }: { batchId: string; status: BatchStatus }) =>
  refuse('batch_not_made', `Batch ${batchId} is ${status}. Its job tells why.`);
