import type { JourneyDefinition } from '@promosmith/contract';
import type { z } from 'zod';

type Drawing = z.input<typeof JourneyDefinition>;

/** A graph that can be published: an API call, a wait for a deposit, a property changed. @param differences from it. */
export const drawing = (differences: Partial<Drawing> = {}): Drawing => ({
  nodes: {
    start: { kind: 'trigger', on: { source: 'api' } },
    wait: { kind: 'wait_event', event: { source: 'event', name: 'deposit.succeeded' }, timeoutMs: 3_600_000 },
    done: { kind: 'exit' },
  },
  edges: [
    { from: 'start', connector: 'next', to: 'wait' },
    { from: 'wait', connector: 'happened', to: 'done' },
  ],
  ...differences,
});

/** A graph whose trigger is followed by one node. */
export const onlyNode = (
  node: Drawing['nodes'][string],
  on: object = { source: 'event', name: 'login' },
): Drawing =>
  drawing({
    nodes: { start: { kind: 'trigger', on: on as { source: 'api' } }, node },
    edges: [{ from: 'start', connector: 'next', to: 'node' }],
  });
