import { parentPort, workerData } from 'node:worker_threads';
import type { Campaign } from '@promosmith/core/activation';
import { breachesOf } from '@promosmith/core/policy';
import { INDICATOR_NAMES } from '@promosmith/core/risk';
import { buildCatalogue, compileRule } from '@promosmith/core/rules';
import { setColumnTypes } from '../../platform/column-types.ts';
import type { Queryable } from '../../platform/db.ts';
import { openPool } from '../../platform/pool.ts';
import { openSecrets } from '../../platform/secrets.ts';
import { loadDefinition } from '../campaigns/index.ts';
import { factPropertyOf, listProperties } from '../players/index.ts';
import { createIdentifiers, personLoader } from '../risk/index.ts';
import { createSimulation } from './engine/simulation.ts';
import type { Told, WorkerInput } from './messages.ts';
import { collectTries } from './past/collect.ts';
import { daysOf } from './past/days.ts';
import { fieldsOf } from './past/fields.ts';
import { readTries } from './past/read.ts';
import { costShares } from './past/shares.ts';

// A simulation computes for a minute on end: in a thread of its own it holds up no request.
const input = workerData as WorkerInput;
const COLLECTED_BPS = 4_000;
const WHOLE_BPS = 10_000;
const RULE_GONE = 'The audience rule asks for a property that there is not any more: change the rule.';

const tell = (message: Told): void => parentPort?.postMessage(message);

/** That collect and sort at the same time: more would take cores that requests need. */
const SESSIONS = 2;

/** For the whole run: what a session collects only it can see. */
async function withSessions(
  work: (sessions: readonly [Queryable, ...Queryable[]]) => Promise<void>,
): Promise<void> {
  setColumnTypes();
  await using opened = openPool({
    connectionString: input.databaseUrl,
    max: SESSIONS,
    application_name: 'promosmith',
  });
  await using clients = new AsyncDisposableStack();
  const open = async (): Promise<Queryable> => {
    const client = await opened.pool.connect();
    clients.defer(() => client.release(true));
    return {
      query: (text, values) => client.query(text as string, values as unknown[]),
      tables() {
        throw new Error('a simulation runs hand-written SQL only');
      },
    };
  };
  const first = await open();
  await work([first, await open()]);
}

/** @returns undefined when its rule asks for what is not known any more. */
async function readCampaign(session: Queryable): Promise<Campaign | undefined> {
  const { brandId, campaignId, version } = input;
  const terms = await loadDefinition(session, campaignId, version);
  const head = { campaignId, version, terms, breaches: breachesOf(terms) };
  if (terms.audience.rule === null) return { ...head, rule: null };
  const built = buildCatalogue((await listProperties(session, brandId)).map(factPropertyOf));
  if (!built.ok) throw new Error(`registered properties are no facts: ${JSON.stringify(built.errors)}`);
  const compiled = compileRule(terms.audience.rule, built.catalogue);
  if (!compiled.ok) return undefined;
  return { ...head, rule: compiled.rule };
}

await withSessions(async (sessions) => {
  const [session] = sessions;
  const { brandId, timeZone, jurisdiction, from, to, assume, riskPolicy, campaignId } = input;
  const campaign = await readCampaign(session);
  if (!campaign) return tell({ doneBps: 0, impossible: RULE_GONE });
  const { days, dayStarts } = await daysOf(session, timeZone, from, to);
  const asked = { brandId, dayStarts, assume, fields: fieldsOf(campaign) };
  const total = await collectTries(sessions, asked, (share) =>
    tell({ doneBps: Math.floor(share * COLLECTED_BPS) }),
  );

  const indicators = new Set(INDICATOR_NAMES);
  const simulation = createSimulation({
    ...{ campaign, jurisdiction, timeZone, days, dayStarts, riskPolicy, indicators },
  });
  const identifiers = createIdentifiers(openSecrets(Buffer.from(input.secretKey)));
  const persons = personLoader(identifiers);
  let decided = 0;
  const wanted = { brandId, campaignId, terms: campaign.terms };
  for await (const { tries, looked } of readTries(sessions, persons, wanted, simulation.isDone)) {
    simulation.take(tries);
    decided += looked;
    tell({ doneBps: COLLECTED_BPS + Math.floor((decided / total) * (WHOLE_BPS - COLLECTED_BPS)) });
  }
  tell({ doneBps: WHOLE_BPS, result: simulation.result(await costShares(session, brandId, to)) });
});
