import type { CaseDetail } from '../kinds.ts';

type Timeline = NonNullable<CaseDetail['timeline']>;

/** Something that happened around a case. */
export type Entry =
  | ({ readonly what: 'attempt' } & Timeline['attempts'][number])
  | ({ readonly what: 'money' } & Timeline['money'][number])
  | ({ readonly what: 'bonus' } & Timeline['bonuses'][number])
  | ({ readonly what: 'message' } & Timeline['messages'][number])
  | { readonly what: 'opened'; readonly at: string };

export type What = Entry['what'];

/** Everything on record in one line, the newest first, with when the case was opened among it. */
export function storyOf(timeline: Timeline, openedAt: string): Entry[] {
  const entries: Entry[] = [
    { what: 'opened', at: openedAt },
    ...timeline.attempts.map((attempt) => ({ what: 'attempt' as const, ...attempt })),
    ...timeline.money.map((money) => ({ what: 'money' as const, ...money })),
    ...timeline.bonuses.map((bonus) => ({ what: 'bonus' as const, ...bonus })),
    ...timeline.messages.map((message) => ({ what: 'message' as const, ...message })),
  ];
  return entries.toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

export const keyOf = (entry: Entry): string => {
  switch (entry.what) {
    case 'attempt':
      return entry.activationId;
    case 'bonus':
      return entry.grantId;
    case 'message':
      return entry.messageId;
    case 'money':
      return `${entry.at} ${entry.type} ${entry.amount}`;
    case 'opened':
      return 'opened';
  }
};
