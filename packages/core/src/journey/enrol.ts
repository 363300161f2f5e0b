import type { Millis } from '../activation/index.ts';
import { follow, visit } from './advance.ts';
import type { Journey } from './journey.ts';
import type { Advanced, Enrolment, JourneyEvent, Situation } from './types.ts';
import { advancedBy, remember, walkOf } from './walk.ts';

/** Who enters a journey, and why. */
export interface Entrant {
  readonly enrolmentId: string;
  readonly playerId: string;
  /** Of `mayEnter`. */
  readonly as: 'active' | 'control';
  /** When what let the player in happened; the present, where that is earlier. */
  readonly at: Millis;
  /** The trigger's; null when it was a segment, a schedule, or the API without data. */
  readonly event: JourneyEvent | null;
}

/** A player's first visit, at the trigger, and what follows it at once. Who is of the control group stays there. */
export function enrol(journey: Journey, entrant: Entrant, situation: Situation): Advanced {
  const { as, event } = entrant;
  const at = Math.min(entrant.at, situation.now);
  const walk = walkOf(journey, enrolmentOf(journey, { ...entrant, at }), situation);
  if (event) remember(walk, event.data);
  const departure = as === 'active' ? visit(walk, at) : null;
  if (departure) follow(walk, departure);
  return advancedBy(walk);
}

function enrolmentOf(journey: Journey, { enrolmentId, playerId, as, at, event }: Entrant): Enrolment {
  return {
    id: enrolmentId,
    playerId,
    status: as,
    enteredAt: at,
    nodeId: journey.triggerId,
    seq: 1,
    visitBegan: at,
    waitingFor: null,
    wakeAt: null,
    waits: [],
    shownAt: null,
    event,
    events: {},
    goalUntil: journey.goal && at + journey.goal.withinMs,
    convertedAt: null,
    end: null,
  };
}
