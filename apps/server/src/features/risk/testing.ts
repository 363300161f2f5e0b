import { seal } from '../../platform/chain.ts';
import { openSecrets } from '../../platform/secrets.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { indexRanges } from './addresses/ranges.ts';
import { createIdentifiers } from './identifiers/keys.ts';
import { linkNew } from './linking/index.ts';
import { riskLoader } from './lookup.ts';
import { reassessDue } from './profiles/reassess.ts';

/** In a test nothing may fail. */
const NOTHING_ASIDE: SetAside = {
  names: () => [],
  work: async (items, _, work) => [await work(items)],
};

/** Links all that was told, as the background work would by and by. For apps that do none. */
export async function linkAll({ db, config }: Pick<TestApp, 'db' | 'config'>): Promise<void> {
  await untilDone(() => seal(db, 'outbox'));
  await untilDone(() => linkNew(db, NOTHING_ASIDE, createIdentifiers(openSecrets(config.secretKey))));
}

/** The same, and works out what it says of everybody. */
export async function lookInto(app: Pick<TestApp, 'db' | 'config'>): Promise<void> {
  await linkAll(app);
  const load = riskLoader(createIdentifiers(openSecrets(app.config.secretKey)), indexRanges([]));
  await untilDone(() => reassessDue(app.db, NOTHING_ASIDE, load));
}

async function untilDone(work: () => Promise<boolean>): Promise<void> {
  while (await work());
}
