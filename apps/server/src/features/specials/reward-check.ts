import type { FieldError } from '@promosmith/core';
import type { RewardCheck } from '../campaigns/index.ts';
import type { BoundHandler } from './handlers/handler.ts';

/** Campaigns with special rewards: the handler is known and its payload fits, and what it needs is there. */
export const rewardCheck = (handlers: ReadonlyMap<string, BoundHandler>): RewardCheck => ({
  savable(reward) {
    if (reward.kind !== 'special') return [];
    const handler = handlers.get(reward.handler);
    return handler ? inPayload(handler.faults(reward.payload)) : [unknownHandler(reward.handler, handlers)];
  },

  async runnable(tx, brandId, reward) {
    if (reward.kind !== 'special') return [];
    const handler = handlers.get(reward.handler);
    // Of a version from before the handler went away.
    if (!handler) return [unknownHandler(reward.handler, handlers)];
    return inPayload(await handler.lacking(tx, brandId, reward.payload));
  },
});

const unknownHandler = (name: string, handlers: ReadonlyMap<string, BoundHandler>): FieldError => ({
  field: 'handler',
  reason: `there is no handler "${name}"`,
  fix: [...handlers.keys()].join(' or '),
});

const inPayload = (faults: readonly FieldError[]): FieldError[] =>
  faults.map((fault) => ({ ...fault, field: fault.field === '' ? 'payload' : `payload.${fault.field}` }));
