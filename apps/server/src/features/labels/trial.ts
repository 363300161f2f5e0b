import type { LabelDefinition, previewLabel, RouteOutput, testLabelFunction } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { localClock } from '@promosmith/core/activation';
import { choose, estimateRandomness, type LabelValue } from '@promosmith/core/labels';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { Brands } from '../brands/index.ts';
import { loadPlayers } from '../players/index.ts';
import { labelFacts } from './prepare.ts';
import type { Reading } from './reading.ts';
import type { Program, Sandbox } from './sandbox/index.ts';

type Preview = RouteOutput<typeof previewLabel>;
type TestRun = RouteOutput<typeof testLabelFunction>;

/** Trying out label tags before they are saved, or used. */
export interface Trial {
  preview(
    brandId: string,
    label: { name: string; definition: LabelDefinition; player: string },
  ): Promise<Result<Preview>>;
  testRun(program: Program, runs: number): Promise<TestRun>;
}

const AT_ONCE = 500;
const MOST_MS = 5_000;
const EXAMPLES = 10;
const PROBLEMS = 10;

export function createTrial(db: Queryable, reading: Reading, sandbox: Sandbox, brands: Brands): Trial {
  return {
    async preview(brandId, { name, definition, player }) {
      const label = await reading.check(brandId, name, definition);
      if (!label.ok) return label;
      const id = playerId(brandId, player);
      const [{ timeZone }, known] = await Promise.all([brands.get(brandId), loadPlayers(db, [id])]);
      const record = known.get(id);
      if (!record) return refuse('not_found', `There is no player "${player}".`);
      const now = new Date();
      const { condition, value } = choose(
        label.value,
        labelFacts(record, now, localClock(now.getTime(), timeZone).day),
      );
      if (definition.kind === 'code') return ok({ condition, value: null, batchId: value, problem: null });
      const outcome =
        definition.kind === 'text' ? ok(value) : await sandbox.run({ name, source: value }, now);
      return ok({
        condition,
        value: outcome.ok ? outcome.value : null,
        batchId: null,
        problem: outcome.ok ? null : problemOf(outcome.refusal),
      });
    },

    async testRun(program, runs) {
      const values: LabelValue[] = [];
      const problems = new Map<string, TestRun['problems'][number]>();
      const end = performance.now() + MOST_MS;
      let done = 0;
      for (let goOn = true; goOn && done < runs && performance.now() < end; ) {
        const some = Math.min(AT_ONCE, runs - done);
        const now = new Date();
        const outcomes = await Promise.all(Array.from({ length: some }, () => sandbox.run(program, now)));
        for (const outcome of outcomes)
          if (outcome.ok) values.push(outcome.value);
          else problems.set(outcome.refusal.message, problemOf(outcome.refusal));
        done += some;
        // What never had a value is not run some thousand times more to see it fail.
        goOn = outcomes.some(({ ok }) => ok);
      }
      return {
        runs: done,
        examples: values.slice(0, EXAMPLES),
        failed: done - values.length,
        problems: [...problems.values()].slice(0, PROBLEMS),
        randomness: values.length < 2 ? null : estimateRandomness(values.map(String)),
      };
    },
  };
}

const problemOf = ({ key, message }: { key: string; message: string }) => ({ key, message });
