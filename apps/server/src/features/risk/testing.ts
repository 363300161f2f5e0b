import { seal } from '../../platform/chain.ts';
import { openSecrets } from '../../platform/secrets.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { TestApp } from '../../testing/test-app.ts';
import { keepRanges } from './addresses/index.ts';
import type { AddressRanges } from './addresses/ranges.ts';
import { createIdentifiers } from './identifiers/keys.ts';
import { linkNew } from './linking/index.ts';
import { tellingOf } from './linking/telling.ts';
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
  const ranges = await rangesOf(config);
  const identifiers = tellingOf(createIdentifiers(openSecrets(config.secretKey)), ranges);
  await untilDone(() => linkNew(db, NOTHING_ASIDE, identifiers));
}

async function rangesOf({ addressRangesFile }: TestApp['config']): Promise<AddressRanges> {
  const ranges = keepRanges(addressRangesFile);
  await ranges.refresh();
  return ranges;
}

/** The same, and works out what it says of everybody. */
export async function lookInto(app: Pick<TestApp, 'db' | 'config'>): Promise<void> {
  await linkAll(app);
  const ranges = await rangesOf(app.config);
  const load = riskLoader(createIdentifiers(openSecrets(app.config.secretKey)), ranges);
  await untilDone(() => reassessDue(app.db, NOTHING_ASIDE, load));
}

async function untilDone(work: () => Promise<boolean>): Promise<void> {
  while (await work());
}
