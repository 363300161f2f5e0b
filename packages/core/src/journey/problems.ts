import type { JourneyDefinition } from './graph.ts';
import type { Problem } from './problem.ts';
import { edgeProblems } from './problems/edges.ts';
import { nodeProblems } from './problems/nodes.ts';
import { pathProblems } from './problems/paths.ts';
import { ruleProblems } from './problems/rules.ts';
import { settingsProblems } from './problems/settings.ts';
import { shapeProblems } from './problems/shape.ts';
import { triggerProblems } from './problems/trigger.ts';
import { compileRules, type JourneyCatalogue, type JourneyRule } from './rules.ts';

/**
 * What keeps a journey from being stored, whatever it is to mean: it is too large, or not a graph. A draft may have any
 * other problem.
 */
export const persistableProblems = (definition: JourneyDefinition): Problem[] => shapeProblems(definition);

/**
 * Everything that is wrong with a journey that is to be published. It can be when none of the problems is an error.
 * While there are problems of its shape, they are the only ones looked for.
 */
export const executableProblems = (definition: JourneyDefinition, catalogue: JourneyCatalogue): Problem[] => [
  ...review(definition, catalogue).problems,
];

/** The problems of a journey, and its rules as they were compiled to find them. */
export function review(
  definition: JourneyDefinition,
  catalogue: JourneyCatalogue,
): { readonly problems: readonly Problem[]; readonly rules: readonly JourneyRule[] } {
  const shape = shapeProblems(definition);
  if (shape.length > 0) return { problems: shape, rules: [] };
  const rules = compileRules(definition, catalogue);
  const problems = [
    ...triggerProblems(definition, catalogue),
    ...edgeProblems(definition),
    ...pathProblems(definition),
    ...nodeProblems(definition, catalogue),
    ...settingsProblems(definition, catalogue),
    ...ruleProblems(rules),
  ];
  return { problems, rules };
}
