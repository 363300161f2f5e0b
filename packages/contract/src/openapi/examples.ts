import { BONUS_EXAMPLES } from './bonus-examples.ts';

/** A request of each operation a newcomer meets first, by operation id. A test holds them to the schemas. */
export const REQUEST_EXAMPLES: Readonly<Record<string, unknown>> = {
  createCampaign: {
    name: 'Welcome',
    schedule: { startsAt: '2026-03-01T00:00:00+01:00', endsAt: '2026-04-01T00:00:00+02:00' },
    markets: { countries: ['DE', 'MT'], currencies: ['EUR'] },
    audience: { rule: 'player.deposit_count == 0 && player.age >= 21' },
    limits: [
      { scope: 'player', max: 1 },
      { scope: 'campaign', period: 'day', max: 500 },
    ],
    budget: { EUR: 5_000_000 },
    rewards: [
      {
        kind: 'deposit',
        matchBps: 10_000,
        cap: { EUR: 20_000 },
        minDeposit: { EUR: 2_000 },
        wagering: { multiplier: 3500, maxBet: { amounts: { EUR: 500 } } },
      },
    ],
    terms: { significant: '100 % up to 200 euros on a first deposit of 20 or more, wagered 35 times.' },
  },
  createCode: { kind: 'shared', code: 'WELCOME10', maxUses: 10_000 },
  createCodeBatch: { kind: 'unique', count: 100_000, pattern: 'SPRING-#####-#####@' },
  distributeCodes: { batchId: '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d', players: ['p-1042', 'p-1043'] },
  disableCode: { reason: 'Printed with a typo' },
  activateCode: {
    code: 'WELCOME10',
    player: { id: 'p-1042', country: 'DE', currency: 'EUR' },
    channel: 'cashier',
    device: { id: 'd-77', type: 'mobile' },
    ip: '203.0.113.7',
    traffic: { utmSource: 'newsletter', utmCampaign: 'spring_2026' },
  },
  createExperiment: {
    name: 'Spring code against nothing',
    arms: [
      {
        key: 'spring',
        name: 'Spring code',
        weightBps: 9_000,
        treatment: { kind: 'batch', batchId: '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d' },
      },
      { key: 'control', name: 'Control group', weightBps: 1_000, treatment: { kind: 'nothing' } },
    ],
    baseline: 'control',
    expectedPlayers: 20_000,
  },
  assignPlayers: { players: ['p-1042', 'p-1043'] },
  validateCode: { code: 'WELCOME10', player: { id: 'p-1042', country: 'DE', currency: 'EUR' } },
  reverseActivation: { reason: 'The deposit was charged back' },
  sendEvents: {
    events: [
      {
        id: 'dep-88231',
        type: 'deposit.succeeded',
        time: '2026-03-02T08:20:00Z',
        player: 'p-1042',
        data: { depositId: '88231', amount: 5000, currency: 'EUR', method: 'card' },
      },
    ],
  },
  createJourney: {
    name: 'Welcome back',
    definition: {
      nodes: {
        start: {
          kind: 'trigger',
          on: { source: 'event', name: 'login', filter: 'player.deposit_count == 0' },
        },
        offer: { kind: 'popup', contentId: '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d' },
        shown: { kind: 'wait_event', event: { source: 'client_action', name: 'CODE_IS_SHOWN' } },
        save: {
          kind: 'webhook',
          url: 'https://casino.example/promo-codes',
          headers: [{ name: 'Authorization', value: 'Bearer {{secret.casino}}' }],
          body: '{"code": "{{event.code}}"}',
        },
      },
      edges: [
        { from: 'start', connector: 'next', to: 'offer' },
        { from: 'offer', connector: 'impression', to: 'shown' },
        { from: 'shown', connector: 'happened', to: 'save' },
      ],
      settings: { entry: { rule: 'once_per_period', period: 'day' } },
    },
  },
  putPlayer: {
    email: 'anna@example.com',
    country: 'DE',
    currency: 'EUR',
    birthDate: '1990-04-12',
    kycStatus: 'verified',
    segments: ['newsletter'],
    properties: { favourite_game: 'Book of Codes' },
  },
  setSelfExclusion: { excluded: true, until: '2026-09-02T00:00:00Z', reason: 'Asked for by e-mail' },
  setConsents: {
    consents: [{ product: 'casino', channel: 'email', granted: true }],
    source: 'registration form v3',
  },
  createProperty: {
    name: 'favourite_game',
    type: 'string',
    label: 'Favourite game',
    example: 'Book of Codes',
  },
  createWebhook: {
    url: 'https://casino.example/hooks/promosmith',
    eventTypes: ['code.activated', 'bonus.granted'],
  },
  changeApprovalThresholds: { campaignBudget: { EUR: 1_000_000 }, manualGrant: { EUR: 5_000 } },
  updateBrand: { revision: 1, jurisdiction: 'GB' },
  setPlayerTokens: {
    playerTokens: { kind: 'hs256', secrets: ['shared-with-the-platform-32-bytes-or-more'] },
  },
  createKey: { name: 'cashier', scopes: ['activations:create', 'activations:read'] },
  ...BONUS_EXAMPLES,
};
