import { z } from 'zod';
import { MessageChannel } from './channels.ts';
import { Id } from './common.ts';
import { FIGURES } from './figures.ts';
import { access, Count, LATE, period, reported } from './performance-numbers.ts';
import { defineRoute } from './route.ts';

const Rate = z.int().min(0).nullable();

/** What became of messages in a period, each at its own time: what is clicked may have been sent before. */
const outcomes = {
  sent: Count.describe(FIGURES.messagesSent.definition),
  shown: Count.describe(FIGURES.messagesShown.definition),
  clicked: Count.describe(FIGURES.messagesClicked.definition),
  dismissed: Count.describe(FIGURES.messagesDismissed.definition),
  failed: Count.describe(FIGURES.messagesFailed.definition),
  suppressed: Count.describe(FIGURES.messagesSuppressed.definition),
  expired: Count.describe(FIGURES.messagesExpired.definition),
  shownRate: Rate.describe(FIGURES.shownRate.definition),
  clickRate: Rate.describe(FIGURES.clickRate.definition),
};

export const ContentPerformance = z.object({
  contentId: Id,
  name: z.string().nullable().describe('null: the library has it no longer'),
  channel: MessageChannel,
  ...outcomes,
});
export type ContentPerformance = z.infer<typeof ContentPerformance>;

export const JourneyPerformance = z.object({
  journeyId: Id,
  name: z.string(),
  status: z.string(),
  entered: Count.describe(FIGURES.journeysEntered.definition),
  control: Count.describe(FIGURES.journeysControl.definition),
  completed: Count.describe(FIGURES.journeysCompleted.definition),
  exited: Count.describe(FIGURES.journeysExited.definition),
  ...outcomes,
});
export type JourneyPerformance = z.infer<typeof JourneyPerformance>;

const MOST_VALUES = 50;

export const LabelPerformance = z.object({
  name: z.string().describe('Of the label tag'),
  kind: z.enum(['text', 'function', 'code']).nullable().describe('null: there is no such tag any more'),
  sent: Count.describe(FIGURES.labelsSent.definition),
  values: z
    .array(z.object({ value: z.string(), sent: Count }))
    .describe(
      `Of a text tag what it stood for, at most ${MOST_VALUES}, the most frequent first; codes are told to nobody`,
    ),
});
export type LabelPerformance = z.infer<typeof LabelPerformance>;

const MOST_ITEMS = 200;
const LISTED = `${LATE} At most ${MOST_ITEMS} of which something happened, the most frequent first.`;

const query = z.strictObject(period);

export const getMessagePerformance = defineRoute({
  id: 'getMessagePerformance',
  method: 'GET',
  path: '/v1/performance/messages',
  tag: 'Analytics',
  summary: 'What became of messages, by content and channel',
  description: LISTED,
  access,
  query,
  success: { 200: z.object({ ...reported, items: z.array(ContentPerformance) }) },
});

export const getJourneyPerformance = defineRoute({
  id: 'getJourneyPerformance',
  method: 'GET',
  path: '/v1/performance/journeys',
  tag: 'Analytics',
  summary: 'Who entered journeys, and what became of their messages',
  description: `${LISTED} How those who walked compare with the control group is told by each journey’s own report.`,
  access,
  query,
  success: { 200: z.object({ ...reported, items: z.array(JourneyPerformance) }) },
});

export const getLabelPerformance = defineRoute({
  id: 'getLabelPerformance',
  method: 'GET',
  path: '/v1/performance/labels',
  tag: 'Analytics',
  summary: 'What label tags stood for in messages that were sent',
  description: LISTED,
  access,
  query,
  success: { 200: z.object({ ...reported, items: z.array(LabelPerformance) }) },
});
