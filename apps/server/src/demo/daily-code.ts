import type {
  CampaignInput,
  ContentDocument,
  JourneyDefinition,
  LabelDefinition,
} from '@promosmith/contract';
import type { z } from 'zod';
import { LIGHT_WAGERING } from './offers.ts';

/*
 * The journey of the demo: whoever logs in sees a popup, once a day, with a code made for them. As it is shown it is saved
 * through the API, bound to its player, and put in the inbox; the next deposit pays its bonus.
 */

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export const DAILY_NAME = 'Code of the day';
export const DAILY_LABEL = 'daily_code';
/** Of the key that may make codes, as the webhook names it. */
export const DAILY_SECRET = 'daily_codes_key';
export const DAILY_INBOX_NAME = `${DAILY_NAME}, to be found again`;

const SIGNIFICANT =
  '50 % of your next deposit, up to €20, with a code a day. Minimum €10, wagered twice in slots (roulette counts 10 %) within 7 days, bets up to €5.';

export const DAILY_CAMPAIGN: z.input<typeof CampaignInput> = {
  name: DAILY_NAME,
  limits: [{ scope: 'player', period: 'day', max: 1 }],
  rewards: [
    {
      kind: 'deposit',
      matchBps: 5_000,
      cap: { EUR: 2_000 },
      minDeposit: { EUR: 1_000 },
      depositWithinSeconds: DAY_MS / 1_000,
      wagering: { multiplier: 200, ...LIGHT_WAGERING },
    },
  ],
  terms: { significant: SIGNIFICANT },
};

/** Symbols that nobody mistakes for others: 40 bits of chance. */
export const DAILY_FUNCTION: z.input<typeof LabelDefinition> = {
  kind: 'function',
  default: `(function () {
  var symbols = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
  var code = 'BAY';
  for (var i = 0; i < 8; i++) {
    if (i % 4 === 0) code += '-';
    code += symbols.charAt(Math.floor(Math.random() * symbols.length));
  }
  return code;
})();
`,
};

/** In the colours of the demo casino. */
const THEME = {
  light: { background: '#fffdf8', text: '#1e2a33', accent: '#0d5c63', onAccent: '#ffffff' },
  dark: { background: '#18232a', text: '#eaf1f2', accent: '#5cc8c0', onAccent: '#062a2a' },
  radius: 16,
  position: 'centre',
} as const;

const code = { id: 'code', type: 'code', copyLabel: 'Copy', copiedLabel: 'Copied' } as const;
const toCashier = (value: string) =>
  ({
    id: 'deposit',
    type: 'button',
    label: 'Use it in the cashier',
    style: 'primary',
    action: { kind: 'open_url', url: `/cashier?code={{ ${value} }}` },
  }) as const;

export const DAILY_POPUP: z.input<typeof ContentDocument> = {
  channel: 'popup',
  locale: 'en',
  theme: THEME,
  whenShown: 'CODE_IS_SHOWN',
  expiresAfterMs: DAY_MS,
  blocks: [
    { id: 'title', type: 'heading', text: 'Your code of the day' },
    { id: 'offer', type: 'text', text: 'It adds half as much again to your next deposit, up to €20.' },
    { ...code, value: `{{ label.${DAILY_LABEL} }}` },
    toCashier(`label.${DAILY_LABEL}`),
    {
      ...{ id: 'terms', type: 'text' },
      text: 'Yours alone. From €10, wagered twice in slots (roulette counts 10 %) within 7 days, bets up to €5. You find it in your inbox, too.',
    },
  ],
};

/** The code is the one that was shown: `events.shown` is what the node of that name waited for. */
export const DAILY_INBOX: z.input<typeof ContentDocument> = {
  channel: 'inbox',
  locale: 'en',
  title: 'Your code of the day',
  preview: 'Half as much again on your next deposit, up to €20.',
  blocks: [
    { id: 'terms', type: 'text', text: SIGNIFICANT },
    { ...code, value: '{{ events.shown.code }}' },
    toCashier('events.shown.code'),
  ],
};

/** @param url where the webhook saves codes. */
export const dailyJourney = (
  url: string,
  { popupId, inboxId }: { popupId: string; inboxId: string },
): z.input<typeof JourneyDefinition> => ({
  nodes: {
    login: { kind: 'trigger', name: 'Logs in', on: { source: 'event', name: 'login' } },
    popup: { kind: 'popup', contentId: popupId },
    shown: {
      kind: 'wait_event',
      name: 'The code is shown',
      event: { source: 'client_action', name: 'CODE_IS_SHOWN' },
      timeoutMs: HOUR_MS,
    },
    save: {
      kind: 'webhook',
      name: 'Save the code',
      url,
      headers: [{ name: 'authorization', value: `Bearer {{ secret.${DAILY_SECRET} }}` }],
      body: '{ "kind": "personal", "code": "{{ event.code }}", "holder": "{{ state.user_ext_id }}" }',
    },
    inbox: { kind: 'inbox', name: 'To be found again', contentId: inboxId },
  },
  edges: [
    { from: 'login', connector: 'next', to: 'popup' },
    { from: 'popup', connector: 'impression', to: 'shown' },
    { from: 'shown', connector: 'happened', to: 'save' },
    { from: 'save', connector: 'success', to: 'inbox' },
  ],
  settings: {
    entry: { rule: 'once_per_period', period: 'day' },
    goal: { event: { source: 'event', name: 'deposit.succeeded' }, withinMs: DAY_MS },
  },
  layout: {
    login: { x: 0, y: 0 },
    popup: { x: 240, y: 0 },
    shown: { x: 480, y: 0 },
    save: { x: 720, y: 0 },
    inbox: { x: 960, y: 0 },
  },
});
