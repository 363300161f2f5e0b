import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { expect, vi } from 'vitest';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { done } from './done.ts';

/** What is known of who is behind accounts. */
export interface RiskThings {
  /** Of a device that the player shares. */
  identifierId: string;
}

const PATIENCE = { timeout: 60_000 };

/** A player who shares a device with another, and weights that were set once. */
export async function buildRisk(
  app: TestApp,
  key: string,
  { mark, player }: { mark: string; player: string },
): Promise<RiskThings> {
  const send = (method: string, path: string, body: object) => done(app.request(method, path, { key, body }));
  await send('PUT', '/v1/risk/policy', { ...DEFAULT_POLICY, reason: 'as shipped' });
  const events = [player, `kin-${mark}`].map((who) => ({
    id: `login-${who}`,
    time: new Date().toISOString(),
    player: who,
    type: 'login',
    data: { device: `shared-${mark}` },
  }));
  await send('POST', '/v1/events', { events });
  const identifierId = await vi.waitFor(async () => {
    const profile = await done(app.request('GET', `/v1/players/${player}/risk-profile`, { key }));
    expect(profile).toMatchObject({ isDue: false, cluster: { players: 2 } });
    return profile.identifiers.find(({ kind }: { kind: string }) => kind === 'device').id;
  }, PATIENCE);
  return { identifierId };
}
