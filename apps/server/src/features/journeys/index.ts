import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { BonusDesk } from '../bonusdesk/index.ts';
import type { Brands } from '../brands/index.ts';
import type { Channels } from '../channels/index.ts';
import type { CodesService } from '../codes/index.ts';
import type { Content } from '../content/index.ts';
import type { Events } from '../events/index.ts';
import type { Labels } from '../labels/index.ts';
import type { ExclusionListener, Players } from '../players/index.ts';
import { createDefinitions, leavingJob } from './definitions/index.ts';
import { createDesk } from './desk/index.ts';
import { createEffects } from './effects/index.ts';
import { createEnrolments, type Enrolments } from './enrolments/index.ts';
import { startHearing } from './hearing/index.ts';
import { createTrials } from './trials/index.ts';
import { createTriggers } from './triggers/index.ts';

export { findStuckEnrolments } from './desk/index.ts';
export type { Enrolments } from './enrolments/index.ts';

export interface Journeys {
  readonly enrolments: Enrolments;
  /** Tells of some of what was published since the last look, as the ticker does. @returns whether there may be more. */
  hear(): Promise<boolean>;
  /** Registers what the platform's events do to journeys. Called last: by then players are as the events tell. */
  listenTo(events: Events): void;
  /** Takes players out who are excluded. */
  readonly exitExcluded: ExclusionListener;
  /** Waits for the attempts at effects under way. */
  settle(): Promise<void>;
  /** After the ticker and the jobs have stopped. */
  close(): Promise<void>;
}

export interface JourneyParts {
  readonly bonusDesk: BonusDesk;
  readonly brands: Brands;
  readonly channels: Channels;
  readonly codes: CodesService;
  readonly content: Content;
  readonly jobs: Jobs;
  readonly labels: Labels;
  readonly players: Players;
}

/** Journeys: graphs that players are walked through by what happens to them, and by time. */
export function createJourneys(
  platform: Platform,
  { bonusDesk, brands, channels, codes, content, jobs, labels, players }: JourneyParts,
): Journeys {
  const definitions = createDefinitions(
    platform,
    { players, templateNames: content.names },
    {
      onMove: (tx, move) => leave(tx, move),
      afterMove({ what }) {
        if (what === 'resumed') onRetry();
        if (what === 'archived') jobs.wake();
      },
    },
  );
  const { book } = definitions;
  const enrolments = createEnrolments(platform, { book, brands }, () => effects.wake());
  const { intake, move, wake } = enrolments;
  const leave = leavingJob(platform.db, jobs, enrolments);
  const effects = createEffects(platform, { bonusDesk, book, brands, channels, codes, labels, move });
  const triggers = createTriggers(platform, { brands, book, enrolments });
  const onRetry = () => {
    effects.wake();
    wake();
  };
  createDesk(platform, { book, enrolments, jobs, onRetry });
  const hear = startHearing(platform, { book, enrolments });
  createTrials(platform, { brands, definitions, enrolments, players });

  channels.onOutcome(intake.onOutcome);
  channels.onAction(intake.onAction);

  return {
    enrolments,
    hear,
    listenTo(events) {
      events.consume(intake.events);
      events.consume(triggers.segmentEvents);
    },
    exitExcluded: intake.onExclusion,
    settle: effects.settle,
    close: effects.close,
  };
}
