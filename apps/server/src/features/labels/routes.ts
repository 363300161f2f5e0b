import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type By, type LabelRecord, labelNotFound, labelView } from './label.ts';
import type { LabelService } from './service.ts';
import type { Trial } from './trial.ts';
import { findLabel, listLabels, listVersions } from './views.ts';

const by = ({ caller, requestId }: RequestContext): By => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);
const shown = <Status extends number>(status: Status, result: Result<LabelRecord>) =>
  result.ok ? reply(status, labelView(result.value)) : result;

export function mountLabels(
  http: HttpServer,
  db: Database,
  { labels, trial }: { labels: LabelService; trial: Trial },
): void {
  http.mount(contract.createLabel, async ({ body }, context) =>
    shown(201, await labels.create(by(context), body.name, body.definition)),
  );

  http.mount(contract.listLabels, async ({ query }, { caller }) =>
    answer(await listLabels(db, caller.brandId, query)),
  );

  http.mount(contract.getLabel, async ({ params }, { caller }) => {
    const label = await findLabel(db, caller.brandId, params.labelName);
    return label ? reply(200, labelView(label)) : labelNotFound();
  });

  http.mount(contract.listLabelVersions, async ({ params, query }, { caller }) => {
    const label = await findLabel(db, caller.brandId, params.labelName);
    return label ? answer(await listVersions(db, label.labelId, query)) : labelNotFound();
  });

  http.mount(contract.updateLabel, async ({ params, body }, context) =>
    shown(200, await labels.update(by(context), params.labelName, body.version, body.definition)),
  );

  http.mount(contract.archiveLabel, async ({ params }, context) =>
    shown(200, await labels.archive(by(context), params.labelName)),
  );

  http.mount(contract.restoreLabel, async ({ params }, context) =>
    shown(200, await labels.restore(by(context), params.labelName)),
  );

  http.mount(contract.previewLabel, async ({ body }, { caller }) =>
    answer(await trial.preview(caller.brandId, body)),
  );

  http.mount(contract.testLabelFunction, async ({ body: { runs, ...program } }) =>
    reply(200, await trial.testRun(program, runs)),
  );
}
