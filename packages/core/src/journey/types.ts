import type { Millis } from '../activation/index.ts';
import type { EnrolmentState } from '../lifecycle/index.ts';
import type { Facts } from '../rules/index.ts';
import type { ActionOutcome, MessageOutcome } from './connectors.ts';
import type { ActionNode, EventMatch, MessageKind, NodeId, NodeKind } from './graph.ts';

/** What happened to a player, as journeys hear of it. Plain JSON. */
export interface JourneyEvent {
  readonly id: string;
  readonly source: EventMatch['source'];
  readonly name: string;
  /** The event's own time. */
  readonly at: Millis;
  /** What `event.*` reads. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Data of the trigger's and waits' events, and of what actions came to, by node: what `events.<node>.*` reads. */
export type EventsByNode = Readonly<Record<NodeId, JourneyEvent['data']>>;

/** `control`: recorded to be compared with, and never inside. */
export type EnrolmentStatus = EnrolmentState;

/** What the current visit needs to go on; null when the enrolment is over. */
export type WaitingFor = 'quiet_end' | 'time' | 'event' | 'outcome';

export type CompletionReason =
  /** An exit node. */
  | 'exit_reached'
  /** It left by a connector that leads nowhere. */
  | 'path_ended'
  /** The last node handed something over, and nothing depends on what becomes of it. */
  | 'handed_over';

export type ExitReason =
  | 'goal_reached'
  | 'exit_rule'
  | 'journey_archived'
  | 'player_excluded'
  | 'withdrawn_by_staff'
  | 'migrated';

export type FailureReason = 'too_many_visits';

/** How an enrolment ended. */
export interface EnrolmentEnd {
  readonly at: Millis;
  readonly nodeId: NodeId;
  readonly reason: CompletionReason | ExitReason | FailureReason;
  /** The connector it would have left by, had it led anywhere. */
  readonly connector: string | null;
}

/**
 * One player's run through one version of a journey, and the visit it is at. Plain JSON. At most one of its visits is
 * open, the one of `seq`; the visits before it are steps.
 */
export interface Enrolment {
  readonly id: string;
  readonly playerId: string;
  readonly status: EnrolmentStatus;
  readonly enteredAt: Millis;
  readonly nodeId: NodeId;
  /** Of the visit, from 1, without gaps. */
  readonly seq: number;
  /** When the visit before left: delays and time-outs count from it, however late they are looked at. */
  readonly visitBegan: Millis;
  readonly waitingFor: WaitingFor | null;
  /** From this instant on time alone moves it: `advance` without inputs. */
  readonly wakeAt: Millis | null;
  /** `eventKey` of all events that may mean something to it. */
  readonly waits: readonly string[];
  /** When the visit's message was seen, if it stayed for more. */
  readonly shownAt: Millis | null;
  /** The last event that moved it. */
  readonly event: JourneyEvent | null;
  readonly events: EventsByNode;
  /** The goal counts before this instant, also when the enrolment is over. null: there is none, or it was reached. */
  readonly goalUntil: Millis | null;
  readonly convertedAt: Millis | null;
  readonly end: EnrolmentEnd | null;
}

/** What moved a visit on: the node itself, time, an event, what became of a message or action, or a person. */
export type Cause = 'node' | 'time' | 'event' | 'outcome' | 'exit' | 'staff' | 'migration';

/** A visit that was left: by at most one edge, and once. `(enrolmentId, seq)` is its key. */
export interface Step {
  readonly enrolmentId: string;
  readonly seq: number;
  readonly nodeId: NodeId;
  readonly kind: NodeKind;
  readonly began: Millis;
  readonly shownAt: Millis | null;
  readonly left: Millis;
  readonly cause: Cause;
  /** null when it was not left by a connector: at an exit, or taken out. */
  readonly connector: string | null;
  /** Why a message was suppressed, an action failed, a person skipped it. */
  readonly reason: string | null;
  /** null when the enrolment ended here. */
  readonly toNodeId: NodeId | null;
}

interface EffectOf {
  /** The visit's: the same however often the effect is made. */
  readonly key: string;
  readonly enrolmentId: string;
  readonly seq: number;
  readonly playerId: string;
  readonly nodeId: NodeId;
  /** When it was due; the present, unless the server was late. */
  readonly at: Millis;
  /** What templates read as `event.*` and `events.*`. */
  readonly event: JourneyEvent | null;
  readonly events: EventsByNode;
}

/** To be done outside, once for its key; what became of it comes back as an outcome of the visit. */
export type Effect =
  | (EffectOf & {
      readonly kind: 'message';
      readonly channel: MessageKind;
      readonly contentId: string;
      /** From this instant on it may no longer be shown or answered. */
      readonly expiresAt: Millis;
    })
  | (EffectOf & { readonly kind: 'action'; readonly action: ActionNode });

/** What became of the message or action of a visit. */
export interface OutcomeInput {
  readonly kind: 'outcome';
  readonly seq: number;
  readonly outcome: MessageOutcome | ActionOutcome;
  readonly at: Millis;
  /** Why it was suppressed or failed. */
  readonly reason?: string | undefined;
  /** Kept as `events.<node>`, when an action returned something. */
  readonly data?: JourneyEvent['data'] | undefined;
}

export type Input =
  | OutcomeInput
  | { readonly kind: 'event'; readonly event: JourneyEvent }
  /** A person moves the visit on by one of its connectors. */
  | {
      readonly kind: 'skip';
      readonly seq: number;
      readonly connector: string;
      readonly at: Millis;
      readonly reason?: string | undefined;
    }
  | { readonly kind: 'exit'; readonly reason: ExitReason; readonly at: Millis };

/** Why an input moved nothing. */
export type IgnoredBecause =
  | 'enrolment_over'
  /** It is about a visit that was left, or never was. */
  | 'other_visit'
  /** The visit does not wait for it. */
  | 'not_awaited'
  /** It happened before the visit began. */
  | 'too_early'
  /** It is the event that brought the player here: one event moves an enrolment once. */
  | 'moved_it_before'
  | 'filtered'
  /** More was due before it than one call does: offer it again with the next one. */
  | 'behind'
  /** Noted; the visit goes on. */
  | 'noted';

export interface Ignored {
  readonly input: Input;
  readonly because: IgnoredBecause;
}

/** What the engine has to know of the world at this moment. */
export interface Situation {
  readonly now: Millis;
  /** Of the player, as rules ask for them: `{player: {…}}`. `now`, `event` and `events` are added. */
  readonly facts: Facts;
  /** IANA name of the player's zone; the brand's where it is not known. */
  readonly timeZone: string;
  /** When the journey was last paused and resumed; null when it never was. */
  readonly held: Held | null;
}

/**
 * A pause, over since `until`. What came and what was due in it is done in its order, all at the instant it ended: nobody
 * is dropped, and what follows counts from then.
 */
export interface Held {
  readonly from: Millis;
  readonly until: Millis;
}

export interface Advanced {
  readonly enrolment: Enrolment;
  /** In order of `seq`. */
  readonly steps: readonly Step[];
  readonly effects: readonly Effect[];
  readonly ignored: readonly Ignored[];
}
