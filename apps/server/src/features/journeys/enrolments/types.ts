import type {
  EntryRefusal,
  IgnoredBecause,
  Input,
  JourneyEvent,
  MigrationTargets,
} from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { CompiledVersion } from '../definitions/book.ts';

/** An enrolment's key. */
export interface EnrolmentKey {
  readonly playerId: string;
  readonly enrolmentId: string;
}

/** A player who is to enter the latest version of a journey. */
export interface Entry {
  readonly brandId: string;
  readonly journeyId: string;
  readonly playerId: string;
  /** The platform's own id of the player. */
  readonly playerExternalId: string;
  /** When what lets the player in happened. */
  readonly at: Date;
  /** The trigger's; null when nothing happened to the player but the journey came for them. */
  readonly event: JourneyEvent | null;
  /** A test run: under no rule of entry, in no count and no event of the feed; also of journeys that are not active. */
  readonly isTest?: true;
  /** What asks for the entry: asked again for the same player and journey, it is answered with the same enrolment. */
  readonly requestKey?: string;
}

export type NotEntered =
  | EntryRefusal
  /** Draft, paused, or archived; of a test run: never published, or archived. */
  | 'journey_not_active'
  | 'self_excluded';

export type EntryOutcome =
  | {
      readonly entered: true;
      readonly enrolmentId: string;
      readonly as: 'active' | 'control';
      /** By an earlier call with the same `requestKey`. */
      readonly before: boolean;
    }
  | { readonly entered: false; readonly because: NotEntered };

export interface Entered {
  /** In the order of the entries. */
  readonly outcomes: readonly EntryOutcome[];
  readonly events: NewEvent[];
}

/** What happened to one enrolment. Those of one enrolment are taken together, in the order given. */
export interface Delivery extends EnrolmentKey {
  readonly input: Input;
}

/** `kept`: the journey is paused, and it is done once that is over. `gone`: there is no such enrolment. */
export type Delivered = 'moved' | 'kept' | 'gone' | IgnoredBecause;

export interface Moved {
  /** In the order of the deliveries. */
  readonly outcomes: readonly Delivered[];
  readonly events: NewEvent[];
}

/** A move to another version. */
export interface Transfer {
  readonly from: CompiledVersion;
  readonly to: CompiledVersion;
  readonly targets: MigrationTargets;
}

/** Something that happened to a player: what it lets in, and whom it moves, is looked up. */
export interface Happening {
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly event: JourneyEvent;
}

/**
 * The one way enrolments are made and moved. Every function works in the caller's transaction, on things of one brand,
 * and gives back what the caller is to publish with its own. Callers hold no lock that comes after enrolments in the
 * order of locks.
 */
export interface Enrolments {
  /** Lets players in, exactly as often as the rules of entry say, and walks them to where they have to wait. */
  enter(tx: Queryable, entries: readonly Entry[]): Promise<Entered>;
  /** Moves enrolments by what happened to them; keeps it where the journey is paused. */
  move(tx: Queryable, deliveries: readonly Delivery[]): Promise<Moved>;
  /**
   * Moves those that time moves, or that inputs are kept for, and that nobody else has locked: also those that the
   * clock has set aside. The caller answers for their journeys being in force.
   */
  moveDue(tx: Queryable, keys: readonly EnrolmentKey[]): Promise<{ moved: number; events: NewEvent[] }>;
  /** Looks up whom events concern: who is inside is moved, who is not may enter. At most one event of a player. */
  happened(tx: Queryable, brandId: string, happenings: readonly Happening[]): Promise<NewEvent[]>;
  /**
   * Moves active enrolments to another version; those that are not of `from` any more are left out.
   * @returns how many were moved.
   */
  transfer(
    tx: Queryable,
    transfer: Transfer,
    keys: readonly EnrolmentKey[],
  ): Promise<{ moved: number; events: NewEvent[] }>;
  /**
   * Locks everything that `happened` will lock for these, in the order of locks. Who calls that several times in one
   * transaction does this first: each call takes its locks in order, but the second does not know what the first one holds.
   */
  hold(tx: Queryable, brandId: string, happenings: readonly Happening[]): Promise<void>;
  /** What the clock does at every look: moves some of those whose time has come. @returns whether there may be more. */
  look(): Promise<boolean>;
  /** Looks for whom time moves at once: called after a commit that resumed a journey, or let many in. */
  wake(): void;
}
