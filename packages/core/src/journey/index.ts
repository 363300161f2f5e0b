/** Journeys: the graph that is drawn, what is wrong with it, and the engine that walks players through it. Pure. */
export { advance, MOST_VISITS } from './advance.ts';
export { bucketOf } from './bucket.ts';
export { type CompiledJourney, compileJourney } from './compile.ts';
export {
  type ActionOutcome,
  connectorsOf,
  isFinal,
  MESSAGE_OUTCOMES,
  type MessageOutcome,
} from './connectors.ts';
export { type Cron, nextTime, parseCron } from './cron.ts';
export { type Entrant, enrol } from './enrol.ts';
export { type EntryDecision, type EntryHistory, type EntryRefusal, mayEnter } from './entry.ts';
export { eventKey, type Match, matches } from './events.ts';
export * from './graph.ts';
export type { Activity, Journey, Trigger } from './journey.ts';
export { type MigrationTargets, migrate, type NodeMigration, planMigration } from './migrate.ts';
export type { Problem, ProblemKey } from './problem.ts';
export { executableProblems, persistableProblems } from './problems.ts';
export { quietUntil } from './quiet-hours.ts';
export { eventsReaching } from './reach.ts';
export type { EventField, JourneyCatalogue } from './rules.ts';
export {
  type Answer,
  type Happening,
  type Moment,
  type Script,
  simulate,
  type Timeline,
} from './simulate.ts';
export type * from './types.ts';
