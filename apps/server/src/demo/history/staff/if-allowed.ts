import { ProblemError } from '@promosmith/client';
import type { On } from '../actors.ts';

/** For what somebody tries with whatever chance has brought: a refusal is an answer, and they leave it at that. */
export async function ifAllowed(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

export const triedOn =
  (on: On): On =>
  (day, hour, work) =>
    on(day, hour, () => ifAllowed(work));
