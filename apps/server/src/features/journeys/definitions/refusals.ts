import { isDeepStrictEqual } from 'node:util';
import type { JourneyDefinition, JourneyProblem } from '@promosmith/contract';
import { type FieldError, refuse } from '@promosmith/core';

/** The graph can't be kept. */
export const invalid = (definition: JourneyDefinition, problems: readonly JourneyProblem[]) =>
  refuse('journey_invalid', first(problems), fieldErrors(definition, problems));

/** The graph can't be walked. The problems stand beside the fields, as the editor shows them. */
export const notReady = (definition: JourneyDefinition, problems: readonly JourneyProblem[]) => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  return {
    ok: false as const,
    refusal: {
      key: 'journey_not_ready',
      message: first(errors),
      errors: fieldErrors(definition, errors),
      problems,
    },
  };
};

export const notPublished = () =>
  refuse('journey_not_published', 'The journey has no version that players could enter: publish it first.');

export const isPaused = () => refuse('state_move_not_allowed', 'The journey is paused: resume it.');

export const isDraft = () => refuse('state_move_not_allowed', 'The journey was never active: activate it.');

export const notEditable = () =>
  refuse('journey_not_editable', 'The journey is archived: begin another one with it.');

export const noSuchVersion = (version: number) =>
  refuse('not_found', `The journey has no version ${version}.`);

const first = ([problem]: readonly JourneyProblem[]): string => problem?.message ?? '';

const fieldErrors = (definition: JourneyDefinition, problems: readonly JourneyProblem[]): FieldError[] =>
  problems.map((problem) => ({
    field: fieldOf(definition, problem),
    reason: problem.message,
    fix: problem.fix,
  }));

/** Where in a definition a problem is: `definition.nodes.popup.contentId`, `definition.edges.3`, `definition.settings.goal`. */
function fieldOf({ edges }: JourneyDefinition, { nodeId, edge, field }: JourneyProblem): string {
  const at = edge ? edges.findIndex((one) => isDeepStrictEqual(one, edge)) : -1;
  if (at >= 0) return `definition.edges.${at}`;
  const path = nodeId === undefined ? ['settings', field] : ['nodes', nodeId, field];
  const named = nodeId === undefined && field === undefined ? [] : path.filter((part) => part !== undefined);
  return ['definition', ...named].join('.');
}

/** Something of the body is not as it has to be. @param reason goes on after the field's name. */
export const refuseField = (field: string, reason: string) =>
  refuse('invalid_request', `${field}: ${reason}`, [{ field, reason }]);
