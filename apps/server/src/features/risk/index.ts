import type { RiskPolicy } from '@promosmith/core/risk';
import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { EventConsumer } from '../events/index.ts';
import type { DescriptionListener, ExclusionListener } from '../players/index.ts';
import { keepRanges } from './addresses/index.ts';
import { createIdentifiers, type Identifiers } from './identifiers/keys.ts';
import { linkNew } from './linking/index.ts';
import { lookAt, type SightingType, sightingsOf } from './linking/sightings.ts';
import { tellingOf } from './linking/telling.ts';
import { type LoadRisk, riskLoader } from './lookup.ts';
import { type LoadPersons, personLoader } from './person.ts';
import { createPolicies } from './policies/service.ts';
import { type ReadAssessed, trialJob } from './policies/trial.ts';
import { reassessDue } from './profiles/reassess.ts';
import { mountRiskRoutes } from './routes.ts';

export { indexRanges } from './addresses/ranges.ts';
export type { RiskAttempt } from './attempt.ts';
export { createIdentifiers, type Identifier, type Identifiers } from './identifiers/keys.ts';
export { isNetwork, readNetwork } from './identifiers/networks.ts';
export { IDENTIFIER_KINDS, type IdentifierKind } from './identifiers/normalise.ts';
export { type LoadedRisk, type LoadRisk, riskLoader } from './lookup.ts';
export { type LoadPersons, personLoader } from './person.ts';
export { findPolicy } from './policies/store.ts';
export type { AssessedAttempt, ReadAssessed } from './policies/trial.ts';
export {
  readStanding,
  STANDING_DEFINITIONS,
  type Standing,
  type StandingRow,
  standingOf,
} from './standing.ts';

const LINK = 'link accounts';
const LINK_EVERY_MS = 500;
const REASSESS = 'look at who is behind accounts';
const REASSESS_EVERY_MS = 500;
const REFRESH = 'read address ranges';
const REFRESH_EVERY_MS = 30_000;
const TRIAL = 'risk.trial';

export interface Risk {
  /** What is known of who is behind attempts: one statement, whatever their number. */
  readonly load: LoadRisk;
  /** What limits per person count attempts by. */
  readonly persons: LoadPersons;
  /** What indicators weigh in a brand, as it was at most a second ago. */
  policyOf(brandId: string): Promise<RiskPolicy>;
  /** Keys that accounts, lists and limits know people by. A listed player's own is the id of the player. */
  readonly identifiers: Identifiers;
  /** Keeps what the platform tells that people are known by: to be registered after what keeps players. */
  readonly sightings: EventConsumer<SightingType>;
  /** Has those looked at who are known by the same mailbox or telephone as somebody who is excluded. */
  readonly lookAtExcluded: ExclusionListener;
  /** Has accounts looked at whose data changed. */
  readonly lookAt: DescriptionListener;
  /** Says who reads attempts of the past, on which other weights are tried. */
  readAssessedBy(read: ReadAssessed): void;
}

/** Who is behind accounts: identifiers they share, what their past shows, and what that weighs. */
export function createRisk({ config, db, http, secrets, setAside, ticker }: Platform, jobs: Jobs): Risk {
  const identifiers = createIdentifiers(secrets);
  const ranges = keepRanges(config.addressRangesFile);
  const telling = tellingOf(identifiers, ranges);
  const load = riskLoader(identifiers, ranges);
  const policies = createPolicies(db);
  let readAssessed: ReadAssessed = async () => [];
  const trials = jobs.define(
    TRIAL,
    trialJob((...asked) => readAssessed(...asked)),
  );
  mountRiskRoutes(http, db, { jobs, policies, ranges, trials });

  const asides = { link: setAside(LINK), reassess: setAside(REASSESS) };
  ticker.every(LINK, LINK_EVERY_MS, () => linkNew(db, asides.link, telling));
  ticker.every(REASSESS, REASSESS_EVERY_MS, () => reassessDue(db, asides.reassess, load));
  ticker.everyHere(REFRESH, REFRESH_EVERY_MS, async () => {
    await ranges.refresh();
    return false;
  });

  return {
    load,
    persons: personLoader(identifiers),
    identifiers,
    policyOf: policies.of,
    sightings: sightingsOf(telling),
    async lookAtExcluded(tx, playerIds) {
      await lookAt(tx, playerIds);
      return [];
    },
    lookAt,
    readAssessedBy(read) {
      readAssessed = read;
    },
  };
}
