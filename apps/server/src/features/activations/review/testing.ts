import { randomUUID } from 'node:crypto';
import type { Result } from '@promosmith/core';
import type { RefusalKey } from '@promosmith/core/activation';
import { type Finding, INDICATOR_NAMES } from '@promosmith/core/risk';
import type { Queryable } from '../../../platform/db.ts';
import { playerId } from '../../../platform/ids.ts';
import type { NewTestOffer } from '../../../testing/fixtures.ts';
import type { TestApp } from '../../../testing/test-app.ts';
import type { Reviews } from './index.ts';

/** What a campaign says that looks at whoever tries its codes. */
export const WATCHFUL: NonNullable<NewTestOffer['definition']> = {
  risk: { indicators: [...INDICATOR_NAMES] },
};

/** 20.00 or more are matched up to 200.00. */
export const TWENTY_MATCHED = {
  kind: 'deposit',
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering: { multiplier: 3_500 },
} as const;

let players = 0;

/** Somebody whose past speaks for itself: 70 points. */
export async function suspect(app: TestApp): Promise<string> {
  const player = `suspect-${++players}`;
  await app.request('PUT', `/v1/players/${player}`, { body: { country: 'DE', currency: 'EUR' } });
  const finding: Finding = { indicator: 'payment_shared', version: 1, evidence: { others: 2 } };
  await app.db.query(
    `insert into risk_profiles (player_id, brand_id, findings) values ($1, $2, $3)
     on conflict (player_id) do update set findings = excluded.findings, due_at = null`,
    [playerId(app.brand.brandId, player), app.brand.brandId, JSON.stringify([finding])],
  );
  return player;
}

/** @param key why it is refused, where that is not that it was declined. */
export const decideIn = (
  tx: Queryable,
  { reviews, brand: { brandId } }: TestApp,
  name: keyof Reviews,
  activationId: string,
  key?: RefusalKey,
): Promise<Result<string>> =>
  reviews[name](
    tx,
    {
      ...{ brandId, activationId, requestId: randomUUID(), reason: 'looked at it' },
      actor: { kind: 'staff', id: 'frida' },
    },
    key,
  );

/** The same in a transaction of its own. */
export const decide = (app: TestApp, ...decision: Decision): Promise<Result<string>> =>
  app.db.transaction((tx) => decideIn(tx, app, ...decision));

type Decision = [name: keyof Reviews, activationId: string, key?: RefusalKey];
