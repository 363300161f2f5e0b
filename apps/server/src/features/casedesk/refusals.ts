import { refuse } from '@promosmith/core';
import type { CaseRecord } from '../cases/index.ts';

export const caseNotFound = () => refuse('not_found', 'There is no such case.');

export const alreadyDecided = ({ decision, decidedBy }: CaseRecord) =>
  ({
    ok: false,
    refusal: {
      key: 'conflict',
      message: `The case has been decided already, by ${decidedBy?.name ?? decidedBy?.id}.`,
      decision,
    },
  }) as const;

export const waitsForSecond = () => refuse('conflict', 'A decision of the case waits for a second person.');

/** What was looked at is not what is there. */
export const movedOn = (found: CaseRecord | undefined) =>
  ({
    ok: false,
    refusal: {
      key: 'revision_conflict',
      message: 'The case has changed since it was looked at.',
      revision: found?.revision,
      assignee: found?.assignee,
    },
  }) as const;
