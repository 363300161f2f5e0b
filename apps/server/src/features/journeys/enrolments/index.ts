import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import type { Book } from '../definitions/book.ts';
import { startClock, WALK } from './clock.ts';
import { enter } from './enter.ts';
import { happened, hold } from './happened.ts';
import { createIntake, type Intake } from './intake.ts';
import { type Moving, move, moveDue } from './move.ts';
import { mountEntries } from './requests.ts';
import { transfer } from './transfer.ts';
import type { Enrolments } from './types.ts';

export type { Intake } from './intake.ts';
export type {
  Delivered,
  Delivery,
  EnrolmentKey,
  Enrolments,
  Entered,
  Entry,
  EntryOutcome,
  Happening,
  Moved,
  NotEntered,
} from './types.ts';

/**
 * Players' runs through journeys: how they begin, what moves them, and what time does.
 * @param effectsAsked told when something is to be done outside; its transaction has not ended yet.
 */
export function createEnrolments(
  platform: Platform,
  { book, brands }: { book: Book; brands: Brands },
  effectsAsked: () => void,
): Enrolments & { readonly intake: Intake } {
  const { db, http, ticker } = platform;
  const moving: Moving = { book, brands, onEffects: effectsAsked };
  const { look } = startClock(platform, moving);
  mountEntries(http, db, moving);
  return {
    enter: (tx, entries) => enter(moving, tx, entries),
    move: (tx, deliveries) => move(moving, tx, deliveries),
    moveDue: (tx, keys) => moveDue(moving, tx, keys),
    happened: (tx, brandId, happenings) => happened(moving, tx, brandId, happenings),
    transfer: (tx, what, keys) => transfer(moving, tx, what, keys),
    hold: (tx, brandId, happenings) => hold(moving, tx, brandId, happenings),
    look,
    wake: () => ticker.nudge(WALK),
    intake: createIntake(moving),
  };
}
