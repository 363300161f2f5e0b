import { randomUUID } from 'node:crypto';
import { ROLES } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp, type TestResponse } from '../../apps/server/src/testing/test-app.ts';
import {
  badCredentials,
  type Credential,
  ROLE_NAMES,
  roleCredentials,
  type Verdict,
  weakCredentials,
} from '../support/credentials.ts';
import { fillPath, type Operation, pathNames, readOperations } from '../support/operations.ts';

let app: TestApp;
let operations: Operation[];
let guarded: Operation[];
let roles: Map<string, Credential>;
beforeAll(async () => {
  app = await startTestApp();
  operations = await readOperations(app);
  guarded = operations.filter(({ permission }) => permission !== undefined);
  roles = new Map((await roleCredentials(app)).map((credential) => [credential.name, credential]));
});
afterAll(() => app.close());

/** Calls without a body and for things that are not there: who may come in gets no further than being told so. */
const knock = (operation: Operation, send: Credential['send']): Promise<TestResponse> => {
  const ids = Object.fromEntries(pathNames(operation).map((name) => [name, randomUUID()]));
  return send(operation.method, fillPath(operation.path, ids));
};

/** What the gate said, or what came instead of a proper answer. */
function verdictOf({ status, headers, body }: TestResponse): Verdict | string {
  if (status >= 500) return `status ${status}`;
  if (status !== 401 && status !== 403) return 'allowed';
  const isProblem = headers.get('content-type')?.startsWith('application/problem+json');
  if (!isProblem || body.status !== status || typeof body.detail !== 'string') return `no problem: ${status}`;
  return body.key;
}

/** The cells of the matrix that are not as they should be. */
async function wrongCells({ send, expected }: Credential, among: readonly Operation[]): Promise<string[]> {
  const cells = await Promise.all(
    among.map(async (operation) => {
      const verdict = verdictOf(await knock(operation, send));
      const wanted = expected(operation);
      return verdict === wanted ? [] : [`${operation.id} is ${verdict}, should be ${wanted}`];
    }),
  );
  return cells.flat();
}

describe('the role × route matrix', () => {
  test.each(ROLE_NAMES.flatMap((role) => [`${role} (session)`, `${role} (key)`]))('%s', async (name) => {
    expect(await wrongCells(roles.get(name)!, guarded)).toEqual([]);
  });

  it('keeps out who is known but holds nothing, unless let in by name', async () => {
    for (const credential of await weakCredentials(app))
      expect([credential.name, await wrongCells(credential, guarded)]).toEqual([credential.name, []]);
  });

  it('keeps out who is nobody', async () => {
    const credentials = await badCredentials(app);
    expect(credentials.length).toBeGreaterThan(10);
    for (const credential of credentials)
      expect([credential.name, await wrongCells(credential, guarded)]).toEqual([credential.name, []]);
  });

  it('takes no change with a session from the page of another site', async () => {
    const { send } = roles.get('owner (session)')!;
    const fromElsewhere: Credential = {
      name: 'another site',
      send: (method, path) => send(method, path, { headers: { origin: 'https://evil.example' } }),
      expected: ({ method }) => (method === 'GET' ? 'allowed' : 'forbidden'),
    };
    expect(await wrongCells(fromElsewhere, guarded)).toEqual([]);
  });
});

/** What the widget does for the player who is signed in. */
const OF_THE_PLAYER = [
  ...['listMyMessages', 'streamMyMessages', 'sendMyActions'],
  ...['claimImpression', 'claimClick', 'claimDismissal'],
  ...['getPushKey', 'putPushSubscription', 'deletePushSubscription'],
  ...['askForReview', 'listMyReviews'],
];

/** Written down a second time, so that a slip in the table of permissions is noticed. */
describe('cells that matter', () => {
  const EVERYBODY_BUT_THE_TOP = ['marketing', 'fraud_analyst', 'support', 'data_analyst'] as const;

  test.each([
    ...EVERYBODY_BUT_THE_TOP.flatMap((role) =>
      [
        ...['createKey', 'rotateKey', 'listKeys', 'inviteStaff', 'changeRole', 'listStaff'],
        ...['setPlayerTokens', 'updateBrand', 'changeApprovalThresholds', 'approveRequest'],
        ...['createWebhook', 'rotateWebhookSecret', 'listWebhooks', 'sendEvents', 'putPlayer'],
        ...['setSelfExclusion', 'setBonusBlock', 'resumeCampaign', 'endCampaign', 'raiseCodeLimit'],
      ].map((id) => [role, id, false] as const),
    ),
    ['administrator', 'createKey', true],
    ['administrator', 'createBrand', false],
    ['administrator', 'inviteStaff', true],
    ['administrator', 'approveRequest', true],
    ['owner', 'setPlayerTokens', true],
    ['marketing', 'createCampaign', true],
    ['marketing', 'submitCampaign', true],
    ['marketing', 'pauseCampaign', false],
    ['marketing', 'exportCampaignCodes', true],
    ['marketing', 'activateCode', false],
    ['marketing', 'reverseActivation', false],
    ['marketing', 'listAuditEntries', false],
    ['fraud_analyst', 'disableCode', true],
    ['fraud_analyst', 'disableCodeBatch', true],
    ['fraud_analyst', 'reverseActivation', true],
    ['fraud_analyst', 'listAuditEntries', true],
    ['fraud_analyst', 'exportCampaignCodes', false],
    ['fraud_analyst', 'updateCampaign', false],
    ['support', 'activateCode', true],
    ['support', 'explainActivation', true],
    ['support', 'exportCampaignCodes', false],
    ['support', 'exportCodeBatch', false],
    ['support', 'disableCode', false],
    ['support', 'createCampaign', false],
    ['support', 'listAuditEntries', false],
    ['data_analyst', 'listActivations', true],
    ['data_analyst', 'listPostings', true],
    ['data_analyst', 'exportCampaignCodes', false],
    ['data_analyst', 'activateCode', false],
    ['data_analyst', 'validateCode', false],
  ] as const)('%s × %s: %s', async (role, id, may) => {
    const operation = operations.find((candidate) => candidate.id === id)!;
    const answers = ['session', 'key'].map((how) => knock(operation, roles.get(`${role} (${how})`)!.send));
    const verdict = may ? 'allowed' : 'forbidden';
    expect((await Promise.all(answers)).map(verdictOf)).toEqual([verdict, verdict]);
  });

  it('lets data analysts change nothing that is not their own', () => {
    const held: readonly string[] = ROLES.data_analyst;
    const changing = guarded.filter(
      ({ method, permission = '' }) => method !== 'GET' && held.includes(permission),
    );
    // A look-up is a POST so that codes stay out of access logs; a reconciliation only reads the books, at length; what is
    // linted, previewed, simulated or tried on the past is too long for a query; a saved view and a report are of who saves them alone.
    const harmless = [
      'cancelSimulation',
      'createReport',
      'deleteReport',
      'deleteSavedView',
      'lintContent',
      'lintJourney',
      'lookUpCode',
      'previewContent',
      'previewMigration',
      'putSavedView',
      'search',
      'simulateJourney',
      'startReconciliation',
      'startSimulation',
      'tryRiskPolicy',
      'updateReport',
      'withdrawRequest',
    ];
    expect(changing.map(({ id }) => id).sort()).toEqual(harmless);
  });

  it('is open to everybody only where people sign in or set up, or others sign what they send', () => {
    const open = operations.filter(({ permission }) => permission === undefined).map(({ id }) => id);
    expect(open.sort()).toEqual([
      'acceptInvitation',
      'changePassword',
      'confirmTwoFactor',
      'getSession',
      'getSetup',
      'getUnsubscribePage',
      'receiveProviderCallback',
      'receiveSmsReceipts',
      'reportOnBonus',
      'setUp',
      'signIn',
      'signInWithBackupCode',
      'signInWithTotp',
      'signOut',
      'startTwoFactor',
      'stopTwoFactor',
      'unsubscribe',
    ]);
  });

  it('lets in players and publishable keys only where they have business', () => {
    const admitting = (scheme: string) =>
      operations.filter(({ admits }) => admits.includes(scheme)).map(({ id }) => id);
    const ofDraws = ['getDraw', 'getDrawProof', 'listDrawEntries'];
    expect(admitting('playerToken').sort()).toEqual(
      [
        ...[
          'activateCode',
          'validateCode',
          'listGrants',
          'getGrant',
          'listGrantBets',
          'listTickets',
          ...ofDraws,
        ],
        ...['previewForfeit', 'forfeitGrant'],
        ...OF_THE_PLAYER,
        ...[
          'listCashbackSettlements',
          'previewCashback',
          'claimCashback',
          'listFreeSpins',
          'cancelFreeSpins',
        ],
      ].sort(),
    );
    expect(admitting('publishableKey').sort()).toEqual([...ofDraws, 'validateCode']);
  });
});
