import { useState } from 'react';
import { type Answer, useRead } from '../../../api/index.ts';

type EventKind = Answer<'listEventProperties'>['items'][number];
export type Device = 'phone' | 'desktop';

/** For whom and on what a document is looked at. */
export interface Preview {
  /** The platform's own id; empty for the examples. */
  readonly player: string;
  /** In place of the player's own language. */
  readonly locale: string | undefined;
  readonly device: Device;
  readonly isDark: boolean;
  /** The event it is sent after, if that is known. */
  readonly event: EventKind | undefined;
  readonly events: readonly EventKind[];
  set(patch: Partial<Choice>): void;
}

interface Choice {
  readonly player: string;
  readonly locale: string | undefined;
  readonly device: Device;
  readonly isDark: boolean;
  readonly eventKey: string | undefined;
}

const LISTED = 200;

export function usePreview(): Preview {
  const [{ eventKey, ...choice }, setChoice] = useState<Choice>({
    player: '',
    locale: undefined,
    device: 'phone',
    isDark: false,
    eventKey: undefined,
  });
  const events = useRead('listEventProperties', { query: { limit: LISTED } }).data?.items ?? [];
  return {
    ...choice,
    events,
    event: events.find(({ key }) => key === eventKey),
    set: (patch) => setChoice((before) => ({ ...before, ...patch })),
  };
}

type Value = EventKind['fields'][number]['example'] | { [name: string]: Value };

/** Examples of an event's fields, nested as the names with dots say. */
export function exampleOf(event: EventKind | undefined): Record<string, Value> {
  const example: Record<string, Value> = {};
  for (const { name, example: value } of event?.fields ?? []) {
    const path = name.split('.');
    const last = path.pop() ?? name;
    let holder = example;
    for (const part of path) {
      const next = holder[part];
      const nested = typeof next === 'object' && !Array.isArray(next) ? next : {};
      holder[part] = nested;
      holder = nested;
    }
    holder[last] = value;
  }
  return example;
}
