import type { Queryable } from '../../platform/db.ts';
import { queueDeliveries } from './deliveries/queue.ts';
import { issueTickets } from './tickets.ts';

/** A bonus whose kind takes more than its own row. */
export interface IssuedGrant {
  readonly playerId: string;
  readonly grantId: string;
  readonly brandId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  /** Which reward of that version. */
  readonly rewardIndex: number;
  readonly kind: string;
}

/** Starts all its statements at once: those of an activation travel with others, and the commit with them. */
type Step = (connection: Queryable, grants: readonly IssuedGrant[]) => Promise<unknown>;

/** Bonuses of a kind are told to an outside system, which their sender knows by the target. */
const delivered =
  (target: string): Step =>
  (connection, grants) =>
    queueDeliveries(
      connection,
      grants.map(({ playerId, brandId, grantId }) => ({
        playerId,
        brandId,
        grantId,
        target,
        operation: 'issue',
        payload: {},
      })),
    );

/** What issuing a bonus of a kind takes beside its row. Kinds that are not here take nothing. */
const ISSUE: Readonly<Record<string, Step>> = {
  free_spins: delivered('freespins'),
  special: delivered('special'),
  tournament_entry: issueTickets,
};

export const hasStepsOf = (kind: string): boolean => Object.hasOwn(ISSUE, kind);

/** Does what the kinds of the grants ask for, in the transaction that issues them. */
export async function issueByKind(connection: Queryable, grants: readonly IssuedGrant[]): Promise<void> {
  const steps: Promise<unknown>[] = [];
  for (const [kind, step] of Object.entries(ISSUE)) {
    const ofKind = grants.filter((grant) => grant.kind === kind);
    if (ofKind.length > 0) steps.push(step(connection, ofKind));
  }
  await Promise.all(steps);
}
