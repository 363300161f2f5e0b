import type { ContentDocument, JourneyDefinition } from '@promosmith/contract';
import type { z } from 'zod';
import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Definition = z.input<typeof JourneyDefinition>;
type InboxDocument = Extract<z.input<typeof ContentDocument>, { channel: 'inbox' }>;

const message = (title: string, preview: string, text: string): InboxDocument => ({
  ...{ channel: 'inbox', locale: 'en', title, preview },
  blocks: [{ id: 'text', type: 'text', text }],
});

const CONTENT = {
  welcome: message(
    'Welcome aboard',
    'A first deposit counts twice.',
    'The code DOUBLE doubles your first deposit, up to €100.',
  ),
  thanks: message(
    'Thank you',
    'Good luck at the tables.',
    'Your deposit is there. On Sunday there is a league of slots: the code is LEAGUE.',
  ),
  reminder: message(
    'Still undecided?',
    'Your code waits.',
    'Three days have gone by. Your code for the first deposit is good for some more.',
  ),
  spins: message(
    'Spins are waiting',
    'From Tuesday to Thursday.',
    'SPIN15 gives you 15 free spins, once a week.',
  ),
  reload: message(
    'More for your next deposit',
    'From Friday to Sunday.',
    'FRIDAY50 adds half as much again, up to €50.',
  ),
} as const;
type ContentName = keyof typeof CONTENT;

/** Columns and rows of the drawing. */
const place = (column: number, row: number) => ({ x: column * 240, y: row * 140 });

const firstWeek = (id: (name: ContentName) => string): Definition => ({
  nodes: {
    joined: { kind: 'trigger', name: 'Registers', on: { source: 'event', name: 'player.registered' } },
    settle: { kind: 'delay', name: 'Ten minutes', delay: { forMs: 600_000 } },
    welcome: { kind: 'inbox', name: 'Welcome', contentId: id('welcome') },
    first: {
      ...{ kind: 'wait_event', name: 'First deposit' },
      ...{ event: { source: 'event', name: 'deposit.succeeded' }, timeoutMs: 3 * DAY_MS },
    },
    thanks: { kind: 'inbox', name: 'Thanks', contentId: id('thanks') },
    reminder: { kind: 'inbox', name: 'Reminder', contentId: id('reminder') },
    week: { kind: 'delay', name: 'Four days', delay: { forMs: 4 * DAY_MS } },
    done: { kind: 'exit' },
  },
  edges: [
    { from: 'joined', connector: 'next', to: 'settle' },
    { from: 'settle', connector: 'next', to: 'welcome' },
    { from: 'welcome', connector: 'impression', to: 'first' },
    { from: 'welcome', connector: 'suppressed', to: 'first' },
    { from: 'first', connector: 'happened', to: 'thanks' },
    { from: 'first', connector: 'timed_out', to: 'reminder' },
    { from: 'reminder', connector: 'impression', to: 'week' },
    { from: 'week', connector: 'next', to: 'done' },
  ],
  settings: {
    entry: { rule: 'once' },
    controlBps: 1_000,
    goal: { event: { source: 'event', name: 'deposit.succeeded' }, withinMs: 7 * DAY_MS },
  },
  layout: {
    ...{ joined: place(0, 0), settle: place(1, 0), welcome: place(2, 0), first: place(3, 0) },
    ...{ thanks: place(4, 0), reminder: place(4, 1), week: place(5, 1), done: place(6, 1) },
  },
});

const reloads = (id: (name: ContentName) => string): Definition => ({
  nodes: {
    paid: { kind: 'trigger', name: 'Deposits', on: { source: 'event', name: 'deposit.succeeded' } },
    wait: { kind: 'delay', name: 'A day later', delay: { forMs: DAY_MS } },
    split: {
      kind: 'split',
      name: 'Which offer works',
      variants: [
        { id: 'spins', name: 'Spins', bps: 5_000 },
        { id: 'reload', name: 'Reload', bps: 5_000 },
      ],
    },
    spins: { kind: 'inbox', name: 'Spins', contentId: id('spins') },
    reload: { kind: 'inbox', name: 'Reload', contentId: id('reload') },
  },
  edges: [
    { from: 'paid', connector: 'next', to: 'wait' },
    { from: 'wait', connector: 'next', to: 'split' },
    { from: 'split', connector: 'spins', to: 'spins' },
    { from: 'split', connector: 'reload', to: 'reload' },
  ],
  settings: {
    entry: { rule: 'once_per_period', period: 'month' },
    goal: { event: { source: 'event', name: 'deposit.succeeded' }, withinMs: 5 * DAY_MS },
  },
  layout: {
    ...{ paid: place(0, 0), wait: place(1, 0), split: place(2, 0), spins: place(3, 0), reload: place(3, 1) },
  },
});

/** One journey that runs, one that was paused, one that is still being drawn. */
export function runJourneys(on: On, world: World, _: Actors): void {
  on(38, 9.2, async () => {
    const id = await write('welcome', 'thanks', 'reminder');
    await start('First week', firstWeek(id));
  });
  let reloadJourney = '';
  on(50, 10.2, async () => {
    const id = await write('spins', 'reload');
    reloadJourney = await start('What brings players back', reloads(id));
  });
  on(57, 16.2, async () => {
    await (await world.as('administrator')).pauseJourney({
      params: { journeyId: reloadJourney },
      body: { reason: 'Until it is clear which variant does better' },
    });
  });
  on(58, 14.2, async () => {
    const definition: Definition = {
      nodes: {
        start: { kind: 'trigger', name: 'Is away for two weeks', on: { source: 'segment', rule: '' } },
        code: { kind: 'send_code', name: 'A code to come back with' },
      },
      edges: [{ from: 'start', connector: 'next', to: 'code' }],
      layout: { start: place(0, 0), code: place(1, 0) },
    };
    await (await world.as('marketing')).createJourney({ body: { name: 'Come back', definition } });
  });

  async function write(...names: ContentName[]): Promise<(name: ContentName) => string> {
    const marketing = await world.as('marketing');
    const ids = new Map<ContentName, string>();
    for (const name of names) {
      const document = CONTENT[name];
      const { id } = await marketing.createContent({
        body: { from: 'document', name: document.title, document },
      });
      ids.set(name, id);
    }
    return (name) => {
      const id = ids.get(name);
      if (id === undefined) throw new Error(`nobody has written ${name}`);
      return id;
    };
  }

  async function start(name: string, definition: Definition): Promise<string> {
    const { id: journeyId } = await (await world.as('marketing')).createJourney({
      body: { name, definition },
    });
    const administrator = await world.as('administrator');
    await administrator.publishJourney({ params: { journeyId }, body: { note: 'First version' } });
    await administrator.activateJourney({ params: { journeyId } });
    return journeyId;
  }
}
