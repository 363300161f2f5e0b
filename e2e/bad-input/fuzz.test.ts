import type { Route } from '@promosmith/contract';
import { ALL_ROUTES } from '@promosmith/contract/routes';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { startTestApp, type TestApp } from '../../apps/server/src/testing/test-app.ts';
import { faultOf } from '../support/fuzz/faults.ts';
import type { Known } from '../support/fuzz/instances.ts';
import { plainRequestsTo, requestsTo } from '../support/fuzz/requests.ts';
import { isOfOneself, type Stage, setStage } from '../support/fuzz/stage.ts';
import { type Operation, readOperations } from '../support/operations.ts';
import { type ServerProcess, startServer } from '../support/servers.ts';
import { openWire, type Wire, type WireRequest, type WireResponse } from '../support/wire.ts';

/** Another seed makes other requests: `FUZZ_SEED=7 npm test e2e/bad-input/fuzz`. */
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const REQUESTS = 100;
const PARTS = 10;
const AT_ONCE = 4;
/** Operations whose stages are set meanwhile: that is mostly waiting for what is done in the background. */
const AHEAD = 2;

/** How many requests to an operation there were, got past its gate and its schemas, and were accepted. */
interface Tally {
  sent: number;
  understood: number;
  accepted: number;
}

let app: TestApp;
let server: ServerProcess;
let wire: Wire;
let operations: Map<string, Operation>;
const tallies = new Map<string, Tally>();

beforeAll(async () => {
  app = await startTestApp();
  // A process of its own, so that making requests does not slow down answering them.
  server = await startServer(app);
  wire = openWire(server.url, AT_ONCE);
  operations = new Map((await readOperations(app)).map((operation) => [operation.id, operation]));
});
afterAll(async () => {
  await Promise.allSettled(stages.values());
  await wire.close();
  expect(await server.stop()).toBe(0);
  await app.close();
});

describe('whatever is sent', () => {
  test.each(ALL_ROUTES.map((route) => [route.id, route] as const))(
    '%s answers properly',
    async (id, route) => {
      const operation = operations.get(id)!;
      const { headers, known } = await stageFor(operation);
      const tally: Tally = { sent: 0, understood: 0, accepted: 0 };
      tallies.set(id, tally);
      const faults: string[] = [];
      const queue = requestsFrom(operation, known);
      const sendAll = async () => {
        for (const request of queue) {
          const response = await wire.send({ ...request, headers: { ...headers, ...request.headers } });
          count(tally, route, response);
          const fault = faultOf(route, response);
          if (fault) faults.push(`${fault}\n${shown(request, response)}`);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, sendAll));
      expect(faults.slice(0, 5).join('\n'), `with FUZZ_SEED=${SEED}`).toBe('');
    },
  );
});

describe('the requests that were sent', () => {
  const idsWhere = (isSo: (tally: Tally) => boolean): string[] =>
    [...tallies].filter(([, tally]) => isSo(tally)).map(([id]) => id);

  it('were at least 100 to every operation', () => {
    expect(idsWhere(({ sent }) => sent >= 100)).toEqual(ALL_ROUTES.map(({ id }) => id));
  });

  it('came past authentication and validation often enough', () => {
    expect(idsWhere(({ sent, understood }) => understood < sent / 10)).toEqual([]);
  });

  it('were accepted now and then by nearly every operation', () => {
    // A job that still runs, a code that is shown for half a minute, a period that closed with a loss, a visit that is
    // late: these do not stay known, or take longer than this.
    // An installation is set up once, before there is a brand.
    // Nor does a body with the signature of its sender come up by chance, or a link that was signed.
    const unlikely = [
      'cancelJob',
      'claimCashback',
      'confirmTwoFactor',
      'retryEnrolment',
      'setUp',
      'signInWithTotp',
      'receiveProviderCallback',
      'reportOnBonus',
      'receiveSmsReceipts',
      ...['getUnsubscribePage', 'unsubscribe', 'testChannelConnection', 'resendMessage'],
    ];
    expect(idsWhere(({ accepted }) => accepted === 0).filter((id) => !unlikely.includes(id))).toEqual([]);
  });
});

/**
 * Made a few at a time, so that making them holds up nothing else in this process for long. The last part asks for what
 * the operation is for: the others alone would leave to chance whether that happens at all.
 */
function* requestsFrom(operation: Operation, known: Known): Generator<WireRequest> {
  const wild = requestsTo(operation, known);
  const plain = plainRequestsTo(operation, known);
  for (let part = 1; part <= PARTS; part++)
    yield* fc.sample(part < PARTS ? wild : plain, {
      seed: SEED * REQUESTS + part,
      numRuns: REQUESTS / PARTS,
    });
}

const stages = new Map<string, Promise<Stage>>();

/** Sets the stages of the operations after this one, too. */
function stageFor(operation: Operation): Promise<Stage> {
  const at = ALL_ROUTES.findIndex(({ id }) => id === operation.id);
  const [stage] = ALL_ROUTES.slice(at, at + 1 + AHEAD).map(({ id }) => startStage(operations.get(id)!));
  return stage!;
}

/** Operations that only read share a stage, those of players another; each that changes something has its own. */
function startStage(operation: Operation): Promise<Stage> {
  const isShared = operation.method === 'GET' && operation.permission !== undefined;
  const name = isShared ? `read by oneself: ${isOfOneself(operation)}` : operation.id;
  const started = stages.get(name) ?? setStage(app, operation, server.url);
  stages.set(name, started);
  // Whoever asks for it fails by it; until then nobody has to.
  started.catch(() => undefined);
  return started;
}

function count(tally: Tally, route: Route, { status, text }: WireResponse): void {
  // Where people sign in, or others sign what they send, to be refused that is an answer like others.
  const turnedAway =
    [400, 413, 415].includes(status) || ([401, 403].includes(status) && route.access !== 'open');
  tally.sent++;
  if (status < 300) tally.accepted++;
  if (!turnedAway && !text.includes('"key":"invalid_request"')) tally.understood++;
}

const shown = ({ method, path, headers, body }: WireRequest, { status, text }: WireResponse): string =>
  `  ${method} ${path} ${JSON.stringify(headers)} ${String(body).slice(0, 2_000)}\n  → ${status} ${text.slice(0, 500)}`;
