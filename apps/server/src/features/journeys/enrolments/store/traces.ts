import type { Effect, Input, Step } from '@promosmith/core/journey';
import { instants, int4s, jsons, rowsOf, texts, uuids } from '../../../../platform/arrays.ts';
import type { Queryable } from '../../../../platform/db.ts';
import { newId } from '../../../../platform/ids.ts';
import type { EnrolmentKey } from '../types.ts';

export interface StepOf {
  readonly playerId: string;
  readonly step: Step;
}

const INSERT_STEPS = `insert into journey_steps (player_id, enrolment_id, seq, node_id, kind, began, shown_at, left_at, cause,
    connector, reason, to_node_id)
  ${rowsOf({
    player_id: 'uuid',
    enrolment_id: 'uuid',
    seq: 'int4',
    node_id: 'text',
    kind: 'text',
    began: 'timestamptz',
    shown_at: 'timestamptz',
    left_at: 'timestamptz',
    cause: 'text',
    connector: 'text',
    reason: 'text',
    to_node_id: 'text',
  })}`;

/** Writes visits down as left: a visit that was left before is an error of the key. */
export async function insertSteps(tx: Queryable, given: readonly StepOf[]): Promise<void> {
  if (given.length === 0) return;
  const of = <T>(read: (step: Step) => T): T[] => given.map(({ step }) => read(step));
  await tx.query(INSERT_STEPS, [
    uuids(given.map(({ playerId }) => playerId)),
    uuids(of(({ enrolmentId }) => enrolmentId)),
    int4s(of(({ seq }) => seq)),
    texts(of(({ nodeId }) => nodeId)),
    texts(of(({ kind }) => kind)),
    instants(of(({ began }) => began)),
    instants(of(({ shownAt }) => shownAt)),
    instants(of(({ left }) => left)),
    texts(of(({ cause }) => cause)),
    texts(of(({ connector }) => connector)),
    texts(of(({ reason }) => reason)),
    texts(of(({ toNodeId }) => toNodeId)),
  ]);
}

export interface EffectOf {
  readonly brandId: string;
  readonly journeyId: string;
  readonly version: number;
  readonly effect: Effect;
}

/** What is to be tried: of an action its own kind. */
const kindOf = (effect: Effect): string => (effect.kind === 'message' ? 'message' : effect.action.kind);

const INSERT_EFFECTS = `insert into journey_effects (player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect,
    effect_key, status, next_attempt_at)
  select player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect::jsonb, effect_key, 'pending', now()
  from (${rowsOf({
    player_id: 'uuid',
    enrolment_id: 'uuid',
    seq: 'int4',
    brand_id: 'uuid',
    journey_id: 'uuid',
    version: 'int4',
    kind: 'text',
    effect: 'json',
    effect_key: 'uuid',
  })}) as given`;

/** Asks for what is to be done outside, in the transaction that brought it about. */
export async function insertEffects(tx: Queryable, given: readonly EffectOf[]): Promise<void> {
  if (given.length === 0) return;
  await tx.query(INSERT_EFFECTS, [
    uuids(given.map(({ effect }) => effect.playerId)),
    uuids(given.map(({ effect }) => effect.enrolmentId)),
    int4s(given.map(({ effect }) => effect.seq)),
    uuids(given.map(({ brandId }) => brandId)),
    uuids(given.map(({ journeyId }) => journeyId)),
    int4s(given.map(({ version }) => version)),
    texts(given.map(({ effect }) => kindOf(effect))),
    jsons(given.map(({ effect }) => JSON.stringify(effect))),
    uuids(given.map(() => newId())),
  ]);
}

/** Drops what visits asked for that were left in another way: nobody waits for it any more. */
export async function dropEffects(tx: Queryable, left: readonly StepOf[]): Promise<void> {
  if (left.length === 0) return;
  await tx.query(
    `update journey_effects set status = 'dropped', next_attempt_at = null, ended_at = now()
     where player_id = any($1::uuid[]) and status = 'pending'
       and (player_id, enrolment_id, seq) in (select unnest($1::uuid[]), unnest($2::uuid[]), unnest($3::int4[]))`,
    [
      uuids(left.map(({ playerId }) => playerId)),
      uuids(left.map(({ step }) => step.enrolmentId)),
      int4s(left.map(({ step }) => step.seq)),
    ],
  );
}

export interface KeptInput extends EnrolmentKey {
  readonly input: Input;
}

/** Keeps inputs, behind those that are kept already. */
export async function keepInputs(tx: Queryable, inputs: readonly KeptInput[]): Promise<void> {
  if (inputs.length === 0) return;
  await tx.query(
    `insert into journey_kept_inputs (player_id, enrolment_id, input_id, input)
     select player_id, enrolment_id, input_id, input::jsonb from (${rowsOf({
       player_id: 'uuid',
       enrolment_id: 'uuid',
       input_id: 'uuid',
       input: 'json',
     })}) as given`,
    [
      uuids(inputs.map(({ playerId }) => playerId)),
      uuids(inputs.map(({ enrolmentId }) => enrolmentId)),
      uuids(inputs.map(() => newId())),
      jsons(inputs.map(({ input }) => JSON.stringify(input))),
    ],
  );
}

/** Takes what is kept for enrolments that are locked. @returns in the order it came, by enrolment. */
export async function takeKept(tx: Queryable, keys: readonly EnrolmentKey[]): Promise<Map<string, Input[]>> {
  if (keys.length === 0) return new Map();
  const { rows } = await tx.query<{ enrolmentId: string; input: Input }>(
    `with taken as (
       delete from journey_kept_inputs
       where player_id = any($1::uuid[]) and (player_id, enrolment_id) in (select unnest($1::uuid[]), unnest($2::uuid[]))
       returning enrolment_id, input_id, input
     )
     select enrolment_id as "enrolmentId", input from taken order by input_id`,
    [uuids(keys.map(({ playerId }) => playerId)), uuids(keys.map(({ enrolmentId }) => enrolmentId))],
  );
  const kept = new Map<string, Input[]>();
  for (const { enrolmentId, input } of rows) {
    const of = kept.get(enrolmentId);
    if (of) of.push(input);
    else kept.set(enrolmentId, [input]);
  }
  return kept;
}
