import type { SpecialHandler as HandlerView } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { fieldErrors } from '../../../platform/field-errors.ts';
import type { DeliveryOutcome, Operation } from '../../bonuses/index.ts';

/** A special bonus that is to be delivered. */
export interface SpecialBonus {
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly brandId: string;
  readonly grantId: string;
  readonly campaignId: string;
  readonly expiresAt: Date | null;
}

/** One kind of special promotion: the payload that rewards give it, and what it does for a bonus. */
export interface SpecialHandler<Payload> {
  /** What rewards name it by. */
  readonly name: string;
  readonly description: string;
  readonly payload: z.ZodType<Payload>;
  /** What its bonuses become once delivered: those that are still to come to something stay active. */
  readonly delivered: 'active' | 'completed';
  /** What the brand lacks for such a payload: a campaign may be saved with it, but not run. Paths are in the payload. */
  lacking(tx: Queryable, brandId: string, payload: Payload): Promise<readonly FieldError[]>;
  /**
   * Issues the bonus, or takes it back after it may have been issued. It comes at least once, so again must be harmless;
   * whether the bonus is still to be issued is for it to see.
   */
  deliver(operation: Operation, bonus: SpecialBonus, payload: Payload): Promise<DeliveryOutcome>;
}

/** A handler that checks payloads itself, so that those of all kinds are handled alike. */
export interface BoundHandler {
  readonly view: HandlerView;
  readonly delivered: 'active' | 'completed';
  /** What is wrong with a payload. Paths are in it. */
  faults(payload: unknown): readonly FieldError[];
  lacking(tx: Queryable, brandId: string, payload: unknown): Promise<readonly FieldError[]>;
  /** @throws when the payload has faults. */
  deliver(operation: Operation, bonus: SpecialBonus, payload: unknown): Promise<DeliveryOutcome>;
}

const JsonSchema = z.record(z.string(), z.json());

export function bindHandler<Payload>(handler: SpecialHandler<Payload>): BoundHandler {
  const { name, description, payload: schema } = handler;
  return {
    view: { name, description, payload: JsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })) },
    delivered: handler.delivered,
    faults(payload) {
      const parsed = schema.safeParse(payload);
      return parsed.success ? [] : fieldErrors(parsed.error);
    },
    async lacking(tx, brandId, payload) {
      const parsed = schema.safeParse(payload);
      return parsed.success ? handler.lacking(tx, brandId, parsed.data) : [];
    },
    deliver: async (operation, bonus, payload) => handler.deliver(operation, bonus, schema.parse(payload)),
  };
}
