import { Readable } from 'node:stream';
import { type AuditEntry, Id } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Chain } from '../../platform/chain.ts';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type Anchor, verifyChain } from './verify.ts';
import { type AuditFilter, listEntries } from './views.ts';

export interface AuditLog {
  list(
    brandId: string,
    query: Omit<AuditFilter, 'before'> & { cursor?: string; limit: number },
  ): Promise<Result<{ items: AuditEntry[]; nextCursor: string | null }>>;
  /** Lines of JSON: progress, and last the verdict. */
  verification(brandId: string, query: { chain: Chain; position?: number; hash?: string }): Result<Readable>;
}

const PageKey = z.tuple([Id]);

export function createAuditLog(db: Database): AuditLog {
  async function* lines(brandId: string, chain: Chain, anchor: Anchor | undefined): AsyncGenerator<string> {
    const steps = verifyChain(db, chain, brandId, anchor);
    for (;;) {
      const step = await steps.next();
      yield `${JSON.stringify(step.value)}\n`;
      if (step.done) return;
    }
  }

  return {
    async list(brandId, { cursor, limit, ...filter }) {
      const before = decodeCursor(cursor, PageKey);
      if (!before.ok) return before;
      const rows = await listEntries(db, brandId, { ...filter, before: before.value?.[0] }, limit + 1);
      return ok(
        toPage(
          rows,
          limit,
          ({ entryId }) => [entryId],
          (entry) => entry,
        ),
      );
    },

    verification(brandId, { chain, position, hash }) {
      if ((position === undefined) !== (hash === undefined)) return needsBoth();
      const anchor = position !== undefined && hash !== undefined ? { position, hash } : undefined;
      return ok(Readable.from(lines(brandId, chain, anchor)));
    },
  };
}

function needsBoth(): Result<never> {
  const reason = 'position and hash of an earlier verdict go together';
  return refuse('invalid_request', `query: ${reason}`, [{ field: 'query', reason }]);
}
