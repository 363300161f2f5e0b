import { error, type Problem } from '../problem.ts';
import type { JourneyRule } from '../rules.ts';

/** What is wrong with the rules themselves. */
export const ruleProblems = (rules: readonly JourneyRule[]): Problem[] =>
  rules.flatMap(({ nodeId, field, compiled }) => {
    if (compiled.ok) return [];
    return compiled.errors.map(({ message, hint, line, column }) =>
      error(
        'rule_invalid',
        { ...(nodeId !== null && { nodeId }), field },
        `Line ${line}, column ${column}: ${message}`,
        hint ?? 'Write it over the facts of the list.',
      ),
    );
  });
