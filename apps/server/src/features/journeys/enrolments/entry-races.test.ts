import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aName, become, byApi, draw, exit, live, published, request, wait } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const waiting = (settings: Parameters<typeof draw>[2] = {}) =>
  draw({ start: byApi, w: wait('login'), exit }, ['start.next > w', 'w.happened > exit'], settings);

describe('the same entry, asked for again', () => {
  it('while it is under way is answered with the one enrolment', async () => {
    const journeyId = await live(app, waiting());
    for (let round = 0; round < 10; round++) {
      const entries = [{ id: randomUUID(), player: aName() }];
      const answers = await Promise.all(Array.from({ length: 6 }, () => request(app, journeyId, entries)));
      const results = answers.flat();
      expect(results.map(({ status }) => status)).toEqual(Array.from({ length: 6 }, () => 'entered'));
      expect(new Set(results.map(({ enrolmentId }) => enrolmentId)).size).toBe(1);
      expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
    }
  });

  it('in one call is answered with the one enrolment', async () => {
    const journeyId = await live(app, waiting());
    const entry = { id: randomUUID(), player: aName() };
    const results = await request(app, journeyId, [entry, entry]);
    expect(results).toMatchObject([
      { status: 'entered', repeated: false },
      { status: 'entered', repeated: true, enrolmentId: results[0].enrolmentId },
    ]);
  });

  it('is refused again where there was no place', async () => {
    const journeyId = await live(app, waiting({ entryCap: 1 }));
    const entry = { id: randomUUID(), player: aName() };
    await request(app, journeyId, [{ id: randomUUID(), player: aName() }]);
    expect(await request(app, journeyId, [entry, entry])).toMatchObject([
      { status: 'refused', key: 'cap_reached' },
      { status: 'refused', key: 'cap_reached' },
    ]);
  });
});

describe('an entry cap', () => {
  it('counts who entered while the journey had none', async () => {
    const journeyId = await published(app, waiting({ entryCap: 2 }));
    await become(app, journeyId, 'activate');
    const enter = async (count: number): Promise<string[]> => {
      const entries = Array.from({ length: count }, () => ({ id: randomUUID(), player: aName() }));
      const results: { status: string; key?: string }[] = await request(app, journeyId, entries);
      return results.map(({ status, key }) => key ?? status);
    };
    const publish = async (entryCap: number | null) => {
      const { body } = await app.request('GET', `/v1/journeys/${journeyId}`);
      const { revision, draft } = body;
      const definition = { ...draft, settings: { ...draft.settings, entryCap } };
      await app.request('PATCH', `/v1/journeys/${journeyId}`, { body: { revision, definition } });
      await become(app, journeyId, 'publish');
    };
    expect(await enter(3)).toEqual(['entered', 'entered', 'cap_reached']);
    await publish(null);
    expect(await enter(3)).toEqual(['entered', 'entered', 'entered']);
    await publish(6);
    expect(await enter(2)).toEqual(['entered', 'cap_reached']);
  });
});
