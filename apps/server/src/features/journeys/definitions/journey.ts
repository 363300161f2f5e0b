import type { Actor, JourneyDefinition, JourneyStatus, Product } from '@promosmith/contract';
import { refuse } from '@promosmith/core';

/** A journey without its draft, as lists need it. */
export interface JourneyHead {
  journeyId: string;
  brandId: string;
  name: string;
  product: Product;
  status: JourneyStatus;
  /** The latest that was published. */
  version: number | null;
  revision: number;
  /** Of the latest pause; `resumedAt` is null while it lasts. */
  pausedAt: Date | null;
  resumedAt: Date | null;
  createdBy: Actor;
  createdAt: Date;
  updatedAt: Date;
}

export interface JourneyRecord extends JourneyHead {
  draft: JourneyDefinition;
}

/** Who asks for a change. */
export interface By {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export const headOf = (journey: JourneyHead) => ({
  id: journey.journeyId,
  name: journey.name,
  product: journey.product,
  status: journey.status,
  version: journey.version,
  revision: journey.revision,
  pausedAt: journey.pausedAt?.toISOString() ?? null,
  resumedAt: journey.resumedAt?.toISOString() ?? null,
  createdBy: journey.createdBy,
  createdAt: journey.createdAt.toISOString(),
  updatedAt: journey.updatedAt.toISOString(),
});

/** A journey as the audit log keeps it. */
export const recorded = (journey: JourneyRecord) => ({ ...headOf(journey), draft: journey.draft });

export const journeyNotFound = () => refuse('not_found', 'There is no such journey.');

export const revisionConflict = (revision: number) => ({
  ok: false as const,
  refusal: {
    key: 'revision_conflict',
    message: `The journey is at revision ${revision} now: read it again and repeat the change.`,
    revision,
  },
});
