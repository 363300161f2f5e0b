import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { CodesService } from '../codes/index.ts';
import type { Players } from '../players/index.ts';
import { createPrepare } from './prepare.ts';
import { createReading } from './reading.ts';
import { createReserve } from './reserve.ts';
import { mountLabels } from './routes.ts';
import { createSandbox } from './sandbox/index.ts';
import { createLabelService } from './service.ts';
import { createTrial } from './trial.ts';
import { namesInUse } from './views.ts';

export { forgetDraws } from './draws.ts';
export type { Addressed, Prepared, PreparedMessage, PrepareRequest } from './prepare.ts';
export type { LabelValues, Reserved } from './reserve.ts';

export interface Labels {
  /** First of two steps to the values of label tags in messages: everything but codes, outside of any transaction. */
  prepare: ReturnType<typeof createPrepare>;
  /** Second: draws the codes in the transaction that stores the messages. */
  reserve: ReturnType<typeof createReserve>;
  /** Names that new content may use after `label.`. */
  names(brandId: string): Promise<string[]>;
  close(): Promise<void>;
}

/** Label tags: values that content names, chosen for each player; functions run in a sandbox, codes are drawn. */
export function createLabels(
  { db, http, log, metrics }: Platform,
  { brands, codes, players }: { brands: Brands; codes: CodesService; players: Players },
): Labels {
  const sandbox = createSandbox({ log, metrics });
  const reading = createReading(sandbox, { codes, players });
  const labels = createLabelService(db, reading);
  const trial = createTrial(db, reading, sandbox, brands);
  mountLabels(http, db, { labels, trial });
  return {
    prepare: createPrepare(db, sandbox, { brands, players }),
    reserve: createReserve(codes),
    names: (brandId) => namesInUse(db, brandId),
    close: sandbox.close,
  };
}
