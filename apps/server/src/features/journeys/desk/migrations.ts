import type { NodeMigration } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type MigrationTargets, planMigration } from '@promosmith/core/journey';
import { audit } from '../../../platform/audit.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import type { JobStarter } from '../../../platform/jobs/index.ts';
import { type Book, type By, type CompiledVersion, findJourney } from '../definitions/index.ts';
import { refuseField } from '../definitions/refusals.ts';
import type { MigrationInput } from './migration-job.ts';

export interface MigrationRequest {
  readonly from: number;
  readonly to: number;
  readonly targets: MigrationTargets;
}

export interface MigrationPreview {
  readonly players: number;
  readonly possible: boolean;
  readonly nodes: NodeMigration[];
}

/** Moving the players of one version of a journey to another. */
export function createMigrations(db: Database, book: Book, job: JobStarter<MigrationInput>) {
  async function preview(
    tx: Queryable,
    brandId: string,
    journeyId: string,
    { from, to, targets }: MigrationRequest,
  ): Promise<Result<MigrationPreview>> {
    const versions = await bothVersions(tx, book, { brandId, journeyId }, { from, to });
    if (!versions.ok) return versions;
    const inside = await countByNode(tx, journeyId, from);
    const nodes = planMigration(versions.value.from.journey, versions.value.to.journey, targets).map(
      (plan): NodeMigration => ({
        nodeId: plan.nodeId,
        players: inside.get(plan.nodeId) ?? 0,
        what: plan.what,
        to: 'to' in plan ? plan.to : null,
        because: 'because' in plan ? plan.because : null,
      }),
    );
    return ok({
      players: nodes.reduce((sum, { players }) => sum + players, 0),
      possible: nodes.every(({ players, what }) => players === 0 || !BLOCKED.has(what)),
      nodes,
    });
  }

  return {
    preview: (brandId: string, journeyId: string, request: MigrationRequest) =>
      preview(db, brandId, journeyId, request),

    /** @returns the id of the job. */
    start: (by: By, journeyId: string, request: MigrationRequest): Promise<Result<string>> =>
      db.transaction(async (tx): Promise<Result<string>> => {
        const { brandId, actor } = by;
        const previewed = await preview(tx, brandId, journeyId, request);
        if (!previewed.ok) return previewed;
        const { players, possible, nodes } = previewed.value;
        if (!possible) return refuseBlocked(nodes);
        const jobId = await job.start(tx, {
          brandId,
          actor,
          input: { journeyId, ...request },
          total: players,
        });
        await audit(tx, {
          ...by,
          action: 'journey.migration_started',
          targetKind: 'journey',
          targetId: journeyId,
          after: { ...request, players, jobId },
        });
        return ok(jobId);
      }),
  };
}

export type Migrations = ReturnType<typeof createMigrations>;

const BLOCKED: ReadonlySet<NodeMigration['what']> = new Set(['needs_target', 'bad_target']);

const refuseBlocked = (nodes: readonly NodeMigration[]) =>
  refuse(
    'migration_incomplete',
    'Players are at nodes that the new version lacks, and nothing says where they go.',
    nodes
      .filter(({ players, what }) => players > 0 && BLOCKED.has(what))
      .map(({ nodeId, what }) => ({
        field: `targets.${nodeId}`,
        reason: what === 'needs_target' ? 'has no target' : 'its target is no node of the new version',
        fix: 'a node of the new version, or exit',
      })),
  );

async function bothVersions(
  db: Queryable,
  book: Book,
  { brandId, journeyId }: { brandId: string; journeyId: string },
  { from, to }: { from: number; to: number },
): Promise<Result<{ from: CompiledVersion; to: CompiledVersion }>> {
  if (from === to) return refuseField('to', 'is the version they are in');
  const latest = (await findJourney(db, brandId, journeyId))?.version ?? 0;
  for (const [field, version] of Object.entries({ from, to }))
    if (version > latest) return refuseField(field, 'is no version of the journey');
  return ok({
    from: await book.version(db, brandId, journeyId, from),
    to: await book.version(db, brandId, journeyId, to),
  });
}

/** Who is inside a version, test runs too. */
export async function countByNode(
  db: Queryable,
  journeyId: string,
  version: number,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ nodeId: string; players: number }>(
    `select node_id as "nodeId", count(*)::int as players from journey_enrolments
     where journey_id = $1 and version = $2 and status = 'active' group by node_id`,
    [journeyId, version],
  );
  return new Map(rows.map(({ nodeId, players }) => [nodeId, players]));
}
