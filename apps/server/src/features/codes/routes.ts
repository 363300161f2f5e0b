import * as contract from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type By, batchNotFound, type CodeRecord, codeNotFound, codeView } from './code.ts';
import type { CodesService } from './service.ts';
import { batchView, findBatch, pageOfBatches } from './views/batches.ts';
import { findCode, listCodes } from './views/codes.ts';
import { writtenCode } from './written-code.ts';

const by = ({ caller, requestId }: RequestContext): By => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);
const shown = (result: Result<CodeRecord>) => (result.ok ? reply(200, codeView(result.value)) : result);
const download = (name: string) => ({ 'content-disposition': `attachment; filename="${name}.csv"` });

export function mountCodeRoutes(http: HttpServer, db: Database, codes: CodesService): void {
  http.mount(contract.createCode, async ({ params, body }, context) => {
    const created = await codes.create(by(context), params.campaignId, body);
    return created.ok ? reply(201, { ...codeView(created.value.code), text: created.value.text }) : created;
  });

  http.mount(contract.listCodes, async ({ query }, { caller }) =>
    answer(await listCodes(db, caller.brandId, query)),
  );

  http.mount(contract.getCode, async ({ params }, { caller }) => {
    const code = await findCode(db, caller.brandId, params.codeId);
    return code ? shown(ok(code)) : codeNotFound();
  });

  http.mount(contract.lookUpCode, async ({ body }, { caller }) => {
    const typed = writtenCode(body.code);
    if (!typed.ok) return typed;
    const code = await codes.lookUp(caller.brandId, typed.value);
    return code ? shown(ok(code)) : codeNotFound();
  });

  http.mount(contract.disableCode, async ({ params, body }, context) =>
    shown(await codes.disable(by(context), params.codeId, body.reason)),
  );

  http.mount(contract.raiseLimit, async ({ params, body }, context) => {
    const raised = await codes.raise(by(context), params.codeId, body.maxUses);
    if (!raised.ok) return raised;
    const { code, approvalId } = raised.value;
    return approvalId === null ? reply(200, codeView(code)) : reply(202, { ...codeView(code), approvalId });
  });

  http.mount(contract.distributeCodes, async ({ body }, context) => {
    const given =
      'codeId' in body
        ? await codes.bind(by(context), body.codeId, body.player)
        : await codes.draw(by(context), body.batchId, body.players);
    if (!given.ok) return given;
    const mayRead = context.caller.permissions.has('codes:export');
    const texts = mayRead ? await codes.texts(given.value) : new Map<string, string>();
    return reply(200, {
      codes: given.value.map((code) => ({ ...codeView(code), text: texts.get(code.codeId) ?? null })),
    });
  });

  mountBatchRoutes(http, db, codes);
  mountFileRoutes(http, codes);
}

function mountBatchRoutes(http: HttpServer, db: Database, codes: CodesService): void {
  http.mount(contract.checkPattern, async ({ body }) => answer(codes.checkPattern(body)));

  http.mount(contract.createBatch, async ({ params, body }, context) => {
    const requested = await codes.requestBatch(by(context), params.campaignId, body);
    return requested.ok ? reply(202, batchView(requested.value)) : requested;
  });

  http.mount(contract.listBatches, async ({ query }, { caller }) =>
    answer(await pageOfBatches(db, caller.brandId, query)),
  );

  http.mount(contract.getBatch, async ({ params }, { caller }) => {
    const batch = await findBatch(db, caller.brandId, params.batchId);
    return batch ? reply(200, batchView(batch)) : batchNotFound();
  });

  http.mount(contract.disableBatch, async ({ params, body }, context) => {
    const disabled = await codes.disableBatch(by(context), params.batchId, body.reason);
    return disabled.ok ? reply(202, batchView(disabled.value)) : disabled;
  });
}

function mountFileRoutes(http: HttpServer, codes: CodesService): void {
  http.mount(contract.importCodes, async ({ params, query, stream }, context) => {
    const imported = await codes.import(by(context), params.campaignId, query.kind, stream);
    if (!imported.ok) return imported;
    const { batch, report } = imported.value;
    return report ? reply(200, { batch: batchView(batch), report }) : reply(202, batchView(batch));
  });

  http.mount(contract.getImportReport, async ({ params }, { caller }) => {
    const report = await codes.importReport(caller.brandId, params.batchId);
    return report.ok ? reply(200, report.value, download(`bad-lines-${params.batchId}`)) : report;
  });

  http.mount(contract.exportBatch, async ({ params }, context) => {
    const lines = await codes.exportBatch(by(context), params.batchId);
    return lines.ok ? reply(200, lines.value, download(`codes-${params.batchId}`)) : lines;
  });

  http.mount(contract.exportCampaignCodes, async ({ params }, context) => {
    const lines = await codes.exportCampaign(by(context), params.campaignId);
    return lines.ok ? reply(200, lines.value, download(`codes-${params.campaignId}`)) : lines;
  });
}
