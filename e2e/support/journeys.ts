import type { TestApp, TestResponse } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** A journey of two versions with a player inside, and a secret of webhooks. */
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
  const { id: journeyId } = await post('', { name: mark, definition: drawing(contentId) });
  await post(`/${journeyId}/publish`, {});
  await post(`/${journeyId}/activate`, {});
  const { results } = await post(`/${journeyId}/enrolments`, { entries: [{ id: mark, player }] });
  await post(`/${journeyId}/publish`, { note: 'Another version to move to' });
  return { journeyId, enrolmentId: results[0].enrolmentId, secretName };
}

/** Journeys in states that only some requests are about, at one revision. @returns their ids. */
export async function otherJourneys(app: TestApp, key: string, revision: number): Promise<string[]> {
  const post = (path: string, body: object): Promise<TestResponse['body']> =>
    done(app.request('POST', `/v1/journeys${path}`, { key, body }));
  const journey = async (...moves: string[]): Promise<string> => {
    const { id } = await post('', { name: 'Other', definition: drawing() });
    for (let seen = 1; seen + moves.length < revision; seen++)
      await done(
        app.request('PATCH', `/v1/journeys/${id}`, { key, body: { revision: seen, name: 'Another' } }),
      );
    for (const move of moves) await post(`/${id}/${move}`, move === 'pause' ? { reason: 'test' } : {});
    return id;
  };
  return [await journey(), await journey('publish'), await journey('publish', 'activate', 'pause')];
}

/** A wait for what does not happen here, and a popup behind it, if there is content for one. */
const drawing = (contentId?: string) => ({
  nodes: {
    start: { kind: 'trigger', on: { source: 'api' } },
    wait: { kind: 'wait_event', event: { source: 'event', name: 'withdrawal.paid' }, timeoutMs: 3_600_000 },
    after: contentId ? { kind: 'popup', contentId } : { kind: 'exit' },
  },
  edges: [
    { from: 'start', connector: 'next', to: 'wait' },
    { from: 'wait', connector: 'timed_out', to: 'after' },
    { from: 'wait', connector: 'happened', to: 'after' },
  ],
});
