import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** An outside engine that was connected once, and a bonus on its way to an outside system. */
export interface EngineThings {
  engineId: string;
  deliveryId: string;
}

/** @param freeSpinsId spins that are ordered at a provider. */
export async function buildEngine(app: TestApp, key: string, freeSpinsId: string): Promise<EngineThings> {
  const put = (body: unknown) => done(app.request('PUT', '/v1/bonus-engine', { key, body }));
  await put({ keeper: 'outside', url: 'https://engine.invalid/x' });
  // Bonuses go on to be kept here: nobody answers for the engine.
  const { engineId } = await put({ keeper: 'built_in' });
  const { items } = await done(app.request('GET', `/v1/deliveries?grantId=${freeSpinsId}`, { key }));
  return { engineId, deliveryId: items[0].deliveryId };
}
