import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A journey with a player inside, and a secret of its webhooks. */
export interface JourneyThings {
  journeyId: string;
  enrolmentId: string;
  secretName: string;
}

/** Makes them over HTTP. @param mark tells them from those of other worlds. */
export async function buildJourney(
  app: TestApp,
  key: string,
  { mark, player, contentId }: { mark: string; player: string; contentId: string },
): Promise<JourneyThings> {
  const post = (path: string, body: object): Promise<TestResponse['body']> =>
    done(app.request('POST', `/v1/journeys${path}`, { key, body }));
  const secretName = `secret_${mark}`;
  await done(
    app.request('PUT', `/v1/journey-secrets/${secretName}`, { key, body: { value: `value-of-${mark}` } }),
  );
  const definition = {
    nodes: {
      start: { kind: 'trigger', on: { source: 'api' } },
      wait: { kind: 'wait_event', event: { source: 'event', name: 'login' }, timeoutMs: 3_600_000 },
      popup: { kind: 'popup', contentId },
    },
    edges: [
      { from: 'start', connector: 'next', to: 'wait' },
      { from: 'wait', connector: 'timed_out', to: 'popup' },
      { from: 'wait', connector: 'happened', to: 'popup' },
    ],
  };
  const { id: journeyId } = await post('', { name: mark, definition });
  await post(`/${journeyId}/publish`, {});
  await post(`/${journeyId}/activate`, {});
  const { results } = await post(`/${journeyId}/enrolments`, { entries: [{ id: mark, player }] });
  return { journeyId, enrolmentId: results[0].enrolmentId, secretName };
}
