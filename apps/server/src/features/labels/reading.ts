import type { LabelDefinition } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { type CompiledLabel, type LabelKind, readLabel } from '@promosmith/core/labels';
import type { CodesService } from '../codes/index.ts';
import type { Players } from '../players/index.ts';
import type { Sandbox } from './sandbox/index.ts';

/** What values of a definition mean outside of it: programs and batches. */
export interface Reading {
  /** Compiles the rules. Refusal: `label_invalid`, each field named. */
  compile(brandId: string, definition: LabelDefinition): Promise<Result<CompiledLabel>>;
  /** The same, and whether its functions are JavaScript and its batches can be drawn from. */
  check(brandId: string, name: string, definition: LabelDefinition): Promise<Result<CompiledLabel>>;
}

export function createReading(
  sandbox: Sandbox,
  { codes, players }: { codes: Pick<CodesService, 'findBatch'>; players: Pick<Players, 'catalogue'> },
): Reading {
  async function compile(brandId: string, definition: LabelDefinition): Promise<Result<CompiledLabel>> {
    const reading = readLabel(definition, await players.catalogue(brandId));
    return reading.ok ? ok(reading.label) : invalid(reading.errors);
  }

  /** What is wrong with one value; nothing for a text. */
  async function fault(
    brandId: string,
    name: string,
    kind: LabelKind,
    value: string,
  ): Promise<Result<Omit<FieldError, 'field'> | undefined>> {
    if (kind === 'text') return ok(undefined);
    if (kind === 'code') return ok(await batchFault(brandId, value));
    const checked = await sandbox.check({ name, source: value });
    if (checked.ok) return ok(undefined);
    const { key, message } = checked.refusal;
    return key === 'label_busy' ? refuse('overloaded', message) : ok({ reason: message });
  }

  async function batchFault(brandId: string, batchId: string) {
    const batch = await codes.findBatch(brandId, batchId);
    if (!batch) return { reason: 'there is no such batch' };
    if (batch.codeKind !== 'unique')
      return { reason: `is a batch of ${batch.codeKind} codes, not of unique ones` };
    return batch.status === 'ready' ? undefined : { reason: `is a batch that is ${batch.status}` };
  }

  return {
    compile,
    async check(brandId, name, definition) {
      const compiled = await compile(brandId, definition);
      if (!compiled.ok) return compiled;
      const faults: FieldError[] = [];
      for (const [field, value] of valuesOf(definition)) {
        const found = await fault(brandId, name, definition.kind, value);
        if (!found.ok) return found;
        if (found.value) faults.push({ field, ...found.value });
      }
      return faults.length === 0 ? compiled : invalid(faults);
    },
  };
}

const valuesOf = ({ conditions, default: otherwise }: LabelDefinition): [string, string][] => [
  ...conditions.map(({ value }, at): [string, string] => [`definition.conditions.${at}.value`, value]),
  ['definition.default', otherwise],
];

const invalid = (errors: readonly FieldError[]) => {
  const named = errors.map((error) => ({
    ...error,
    field: error.field.startsWith('definition.') ? error.field : `definition.${error.field}`,
  }));
  return refuse('label_invalid', `${named[0]?.field}: ${named[0]?.reason}`, named);
};
