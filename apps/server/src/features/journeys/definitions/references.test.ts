import { JourneyDefinition } from '@promosmith/contract';
import { type ContentDocument, READY_MADE, withDefaults } from '@promosmith/core/content';
import { buildCatalogue } from '@promosmith/core/rules';
import { describe, expect, it, test } from 'vitest';
import { catalogueOf } from './catalogue.ts';
import { campaignProblems, referenceProblems, secretProblems, secretsOf, type World } from './references.ts';
import { drawing, onlyNode } from './testing.ts';

const CONTENT = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const CAMPAIGN = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4e';

const built = buildCatalogue([{ name: 'team', type: 'string', label: 'Team' }]);
if (!built.ok) throw new Error('the catalogue must build');
const amount = { name: 'amount', type: 'int', label: 'Amount', example: 1 } as const;
const inner = { name: 'game.provider', type: 'string', label: 'Provider', example: 'x' } as const;
const EVENTS = new Map([
  ['event:login', []],
  ['event:deposit.succeeded', [amount, inner]],
]);

const sms = (text: string): ContentDocument => ({ channel: 'sms', locale: 'en', text, translations: {} });

const worldWith = (document: ContentDocument, differences: Partial<World> = {}): World => ({
  catalogue: catalogueOf(built.catalogue, (key) => EVENTS.get(key), [document]),
  names: { labels: new Set(['promo_code']), state: new Set(['country']) },
  contents: new Map([[CONTENT, { document, archived: false }]]),
  campaigns: new Map([[CAMPAIGN, { status: 'active', rewards: ['bonus_balance', 'free_spins'] }]]),
  secrets: new Set(['casino']),
  ...differences,
});

type Node = Parameters<typeof onlyNode>[0];
const parse = (node: Node, on?: object) => JourneyDefinition.parse(onlyNode(node, on));
const found = (node: Node, world = worldWith(sms('Hi')), on?: object) =>
  referenceProblems(parse(node, on), world).map(({ key, field, message }) => `${key} ${field}: ${message}`);

const deposited = { source: 'event', name: 'deposit.succeeded' };

describe('content', () => {
  const node: Node = { kind: 'sms', contentId: CONTENT };

  it('is there, of the channel, and without a fault', () => {
    expect(found(node)).toEqual([]);
    expect(found({ kind: 'sms' })).toEqual([]);
    expect(found({ ...node, contentId: CAMPAIGN })).toEqual([
      'content_unknown contentId: There is no such content.',
    ]);
    expect(found({ ...node, kind: 'push' })).toEqual([
      'content_of_other_channel contentId: The content is for sms, and the node sends by push.',
    ]);
    expect(found(node, worldWith(sms('{{ state.age }}')))).toEqual([
      'content_invalid contentId: text, line 1, column 4: There is no state.age.',
    ]);
    expect(found(node, worldWith(sms('{{ label.old }}')))).toHaveLength(1);
  });

  it('is not archived', () => {
    const contents = new Map([[CONTENT, { document: sms('Hi'), archived: true }]]);
    expect(found(node, worldWith(sms('Hi'), { contents }))).toEqual([
      'content_archived contentId: The content is archived.',
    ]);
  });

  it('asks for what the event brings that moves players there', () => {
    const asking = worldWith(sms('{{ event.amount }} {{ event.game.provider }}'));
    expect(found(node, asking, deposited)).toEqual([]);
    expect(found(node, asking)).toHaveLength(2);
    expect(found(node, asking, { source: 'segment', rule: 'true' })).toHaveLength(2);
    expect(found(node, asking, { source: 'api' })).toEqual([]);
  });

  it('has warnings that keep nobody from publishing', () => {
    const document = sms(`{{ label.promo_code }} ${'long '.repeat(60)}`);
    expect(referenceProblems(parse(node), worldWith(document))).toMatchObject([{ severity: 'warning' }]);
  });
});

describe('a webhook', () => {
  const node = (body: string): Node => ({ kind: 'webhook', url: 'https://casino.example/', body });

  test.each([
    ['{"code": "{{ event.amount }}", "player": "{{ state.country }}"}', []],
    ['{{ secret.casino }}', []],
    ['{{ secret.other }}', ['There is no secret other.']],
    ['{{ label.promo_code }}', ['Line 1, column 4: label.promo_code is known in messages only.']],
    ['{{ message.id }}', ['Line 1, column 4: message.id is known in messages only.']],
    ['{{ event.code }}', ['line 1, column 4: The event that moves the player here has no code.']],
  ])('may send %s', (body, faults) => {
    const told = found(node(body), worldWith(sms('Hi')), deposited);
    expect(told.map((text) => text.replace(/^template_invalid body: /, ''))).toEqual(
      faults.map((fault) => expect.stringContaining(fault)),
    );
  });

  it('does not let an event choose the secret', () => {
    expect(found(node('{{ secret[event.amount] }}'), undefined, deposited)).toHaveLength(1);
  });

  it('has templates in its URL and headers too', () => {
    const { length } = found({
      ...{ kind: 'webhook', url: 'https://{{ nonsense }}/' },
      headers: [{ name: 'X-Key', value: '{{ secret.other }}' }],
    });
    expect(length).toBe(2);
  });

  it('leaves the server the headers that are its own', () => {
    const headers = ['Host', 'webhook-signature', 'X-Trace'].map((name) => ({ name, value: 'x' }));
    expect(found({ kind: 'webhook', url: 'https://x/', headers })).toEqual([
      'header_reserved headers.0.name: Host is written by the server.',
      'header_reserved headers.1.name: webhook-signature is written by the server.',
    ]);
  });

  it('names its secrets', () => {
    const definition = parse({
      ...{ kind: 'webhook', url: 'https://x/{{ secret.a }}', body: '{% if secret.b %}{% endif %}' },
      headers: [{ name: 'X-Key', value: '{{ secret.c | upcase }}{{ secret.a }}' }],
    });
    expect([...secretsOf(definition)].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('a campaign', () => {
  const gives = (rewardIndex: number | null): Node => ({
    kind: 'give_bonus',
    campaignId: CAMPAIGN,
    rewardIndex,
  });
  const running = (status: 'draft' | 'paused' | 'ended' | 'archived') =>
    worldWith(sms('Hi'), {
      campaigns: new Map([[CAMPAIGN, { status, rewards: ['bonus_balance', 'free_spins'] }]]),
    });

  it('runs, or will', () => {
    for (const kind of ['give_bonus', 'send_code'] as const) {
      const node: Node = { kind, campaignId: CAMPAIGN };
      expect([found(node), found(node, running('draft')), found(node, running('paused'))]).toEqual([
        [],
        [],
        [],
      ]);
      expect(found(node, running('ended'))).toEqual(['campaign_over campaignId: The campaign is ended.']);
      expect(found(node, running('archived'))).toHaveLength(1);
      expect(found({ kind, campaignId: CONTENT })).toEqual([
        'campaign_unknown campaignId: There is no such campaign.',
      ]);
    }
  });

  it('has the reward', () => {
    expect([found(gives(null)), found(gives(1))]).toEqual([[], []]);
    expect(found(gives(2))).toEqual([expect.stringContaining('reward_unknown rewardIndex')]);
  });

  it('gives no bonus on a deposit without one', () => {
    const both: World['campaigns'] = new Map([
      [CAMPAIGN, { status: 'active', rewards: ['deposit', 'bonus_balance'] }],
    ]);
    const world = worldWith(sms('Hi'), { campaigns: both });
    const needed = [expect.stringContaining('reward_needs_deposit rewardIndex')];
    expect([found(gives(0), world), found(gives(1), world), found(gives(null), world)]).toEqual([
      needed,
      [],
      needed,
    ]);
    expect(found({ kind: 'send_code', campaignId: CAMPAIGN }, world)).toEqual([]);
  });
});

it('changes properties that are registered, by templates without secrets', () => {
  expect(found({ kind: 'change_property', property: 'team', value: '{{ state.country }}' })).toEqual([]);
  expect(found({ kind: 'change_property', property: 'squad', value: '{{ secret.casino }}' })).toEqual([
    expect.stringContaining('property_unknown property'),
    expect.stringContaining('template_invalid value'),
  ]);
});

it('knows what may be gone by the time a version is activated', () => {
  const gives = parse({ kind: 'send_code', campaignId: CAMPAIGN });
  expect(campaignProblems(gives, new Map())).toMatchObject([{ key: 'campaign_unknown', nodeId: 'node' }]);
  const calls = parse({ kind: 'webhook', url: 'https://x/', body: '{{ secret.a }}{{ secret.b }}' });
  expect(secretProblems(calls, new Set(['b']))).toMatchObject([{ key: 'secret_unknown', nodeId: 'node' }]);
});

describe('client actions of the journey’s own popups', () => {
  const template = READY_MADE.find(({ id }) => id === 'promo-code-with-label-tag');
  if (!template) throw new Error('the template must be there');
  const document = template.document(withDefaults(template, { label: 'promo_code', whenShown: 'MY_CODE' }));
  const fields = (key: string, seen?: readonly (typeof amount)[]) =>
    catalogueOf(built.catalogue, () => seen, [document])
      .eventFields(key)
      ?.map(({ name }) => name);

  it('are known before anybody has seen one, with the code and the label tags', () => {
    expect(fields('client_action:MY_CODE')).toEqual(['code', 'promo_code']);
    expect(fields('event:MY_CODE')).toBeUndefined();
  });

  it('have what was seen of them beside that', () => {
    expect(fields('client_action:MY_CODE', [amount])).toEqual(['amount', 'code', 'promo_code']);
  });

  it('let a webhook send the code', () => {
    const definition = JourneyDefinition.parse(
      drawing({
        nodes: {
          start: { kind: 'trigger', on: { source: 'event', name: 'login' } },
          popup: { kind: 'popup', contentId: CONTENT },
          shown: { kind: 'wait_event', event: { source: 'client_action', name: 'MY_CODE' } },
          save: { kind: 'webhook', url: 'https://x/', body: '{"code": "{{event.code}}"}' },
        },
        edges: [
          { from: 'start', connector: 'next', to: 'popup' },
          { from: 'popup', connector: 'impression', to: 'shown' },
          { from: 'shown', connector: 'happened', to: 'save' },
        ],
      }),
    );
    const errors = referenceProblems(definition, worldWith(document)).filter(
      ({ severity }) => severity === 'error',
    );
    expect(errors).toEqual([]);
  });
});
