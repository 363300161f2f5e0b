import { ProblemError } from '../api/index.ts';

/**
 * What the server says of each field, as a Mantine form takes it: `definition.rewards.0.amount` → its reason.
 * @param within the part of the body that the form is, e.g. `definition.`; fields outside it are left out.
 */
export function fieldFaults(error: Error, within = ''): Record<string, string> {
  const faults = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  return Object.fromEntries(
    faults
      .filter(({ field }) => field.startsWith(within))
      .map(({ field, reason }) => [field.slice(within.length), reason]),
  );
}
