import type { ChallengeKind } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { NormalisedCode } from '@promosmith/core/codes';
import { GUESSES_IN_A_WAVE, type GuessLimits, USUAL_GUESSES } from '@promosmith/core/risk';
import type { Platform } from '../../../platform/platform.ts';
import { createAims, forgetAimed } from './aims.ts';
import { createChallenges, type Proving } from './challenges.ts';
import { forgetGuesses } from './guessers.ts';
import { createGuessWaves } from './waves.ts';

const LOOK_FOR_WAVES_EVERY_MS = 5_000;
const KNOW_WAVES_EVERY_MS = 1_000;
const NOTE_AIMS_EVERY_MS = 1_000;
const FORGET_GUESSES_EVERY_MS = 3_600_000;

/** An attempt as it comes in, before anything is looked up. */
export interface Incoming extends Omit<Proving, 'now'> {
  /** null when it can't be a code at all. */
  readonly typed: NormalisedCode | null;
  readonly challenge: ChallengeKind;
}

/** What stands between who guesses and codes of others. */
export interface GuessDefence {
  /** How many guesses there are until a lock-out, or what has to be shown first. */
  meet(incoming: Incoming): { limits: GuessLimits; refusal: Refusal | null };
  /** Learns of a code there is not. */
  noteWrong(brandId: string, typed: NormalisedCode | null): void;
}

export function createGuessDefence({ db, secrets, ticker }: Platform): GuessDefence {
  const waves = createGuessWaves(db);
  const aims = createAims(db);
  const challenges = createChallenges(secrets);
  const done = (work: () => Promise<void>) => async () => {
    await work();
    return false;
  };
  ticker.everyHere('note what wrong codes aim at', NOTE_AIMS_EVERY_MS, done(aims.flush));
  ticker.every('look for waves of guesses', LOOK_FOR_WAVES_EVERY_MS, done(waves.look));
  ticker.everyHere('know waves of guesses', KNOW_WAVES_EVERY_MS, done(waves.refresh));
  ticker.every('forget guesses', FORGET_GUESSES_EVERY_MS, async () => {
    await forgetAimed(db);
    return await forgetGuesses(db);
  });
  return {
    meet({ typed, challenge, ...proving }) {
      if (!waves.covers(proving.brandId, typed)) return { limits: USUAL_GUESSES, refusal: null };
      const refusal =
        challenge === 'off' ? null : challenges.check(challenge, { ...proving, now: Date.now() });
      return { limits: GUESSES_IN_A_WAVE, refusal };
    },
    noteWrong(brandId, typed) {
      if (typed) aims.note(brandId, typed);
    },
  };
}
