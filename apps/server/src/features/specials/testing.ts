import { randomUUID } from 'node:crypto';
import type { CampaignDefinition } from '@promosmith/contract';
import { expect } from 'vitest';
import type { z } from 'zod';
import { activate, grantsOf } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';

type Reward = z.input<typeof CampaignDefinition>['rewards'][number];

export const specialReward = (
  handler: string,
  payload: Record<string, unknown>,
  more: object = {},
): Reward => ({
  kind: 'special',
  handler,
  payload: payload as Extract<Reward, { kind: 'special' }>['payload'],
  ...more,
});

/** A code whose bonus is a special one. */
export const specialOffer = (app: TestApp, reward: Reward) =>
  createOffer(app, { definition: { rewards: [reward] } });

/** A new player uses the code. */
export async function claim(app: TestApp, code: string) {
  const player = `p-${randomUUID()}`;
  const { status, body } = await activate(app, code, player);
  expect(status).toBe(201);
  return { player, activationId: body.id as string, grantId: body.grants[0].id as string };
}

export const bonusOf = async (app: TestApp, player: string): Promise<TestResponse['body']> =>
  (await grantsOf(app, player))[0];

export const deliveriesOf = async (app: TestApp, grantId: string): Promise<TestResponse['body'][]> =>
  (await app.request('GET', `/v1/deliveries?grantId=${grantId}`)).body.items;

/** Waits for what becomes of the bonus. */
export const becomes = (app: TestApp, player: string, status: string) =>
  expect.poll(async () => (await bonusOf(app, player)).status, { timeout: 20_000 }).toBe(status);

/** Waits for what becomes of its delivery. */
export const isDelivered = (app: TestApp, grantId: string, expected: Record<string, unknown>) =>
  expect
    .poll(async () => (await deliveriesOf(app, grantId)).at(-1), { timeout: 20_000 })
    .toMatchObject({ target: 'special', operation: 'issue', ...expected });

/** Takes the pause before the next attempt away. */
export const hurry = (app: TestApp, grantId: string) =>
  app.db.query(`update deliveries set next_attempt_at = now() where grant_id = $1 and state = 'waiting'`, [
    grantId,
  ]);
