import type { Platform } from '../../platform/platform.ts';
import type { Activations } from '../activations/index.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Bonuses } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { createGrantChanges } from './changing.ts';
import { bonusEnder, type KindEnding } from './ending.ts';
import { createGiving } from './giving.ts';
import { createGranting } from './granting.ts';
import { mountBonusDesk } from './routes.ts';

export type { KindEnding } from './ending.ts';
export type { Gift, Given } from './giving.ts';

export interface BonusDeskParts {
  readonly activations: Activations;
  readonly approvals: Approvals;
  readonly bonuses: Bonuses;
  readonly brands: Brands;
  /** How bonuses of a kind end where ending the row is not all there is to it. */
  readonly kindEndings: Readonly<Record<string, KindEnding>>;
}

export interface BonusDesk {
  /** Gives what a campaign promises to a player who used no code. */
  give: ReturnType<typeof createGiving>;
}

/** What people do with single bonuses: staff grant, cancel, extend and reinstate them, players give them up. */
export function createBonusDesk({ db, http }: Platform, parts: BonusDeskParts): BonusDesk {
  const { activations, bonuses, kindEndings } = parts;
  const { reversals } = activations;
  mountBonusDesk(http, db, {
    bonuses,
    granting: createGranting(db, parts),
    changes: createGrantChanges(db, bonuses),
    end: bonusEnder(db, { bonuses, reversals, kindEndings }),
  });
  return { give: createGiving(parts.brands) };
}
