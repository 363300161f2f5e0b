import { type CodePattern, type NormalisedCode, readCode } from '@promosmith/core/codes';
import { uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { type PatternChoice, readPattern } from './generation/pattern.ts';

/** How codes of a campaign look. */
export interface CodeFormat {
  readonly brandId: string;
  readonly campaignId: string;
  readonly pattern: CodePattern;
}

/** How codes look that are worth guessing: those of the newest batches. */
const MOST_BATCHES = 500;

/** How the codes of some brands look that were made by a pattern: each format of a campaign once. */
export async function findFormats(db: Queryable, brandIds: readonly string[]): Promise<CodeFormat[]> {
  const { rows } = await db.query<{ brandId: string; campaignId: string } & PatternChoice>(
    `select distinct brand_id as "brandId", campaign_id as "campaignId", pattern, alphabet
     from unnest($1::uuid[]) as brand (id) cross join lateral (
       select brand_id, campaign_id, status, pattern, alphabet from code_batches
       where brand_id = brand.id order by batch_id desc limit ${MOST_BATCHES}
     ) newest where status = 'ready' and pattern is not null`,
    [uuids([...brandIds])],
  );
  return rows.flatMap(({ brandId, campaignId, ...choice }) => {
    const pattern = readPattern(choice);
    return pattern.ok ? [{ brandId, campaignId, pattern: pattern.value }] : [];
  });
}

/** Whether a typed code has the shape, and a check symbol there may be right or wrong. */
export const looksLike = ({ pattern }: CodeFormat, typed: NormalisedCode): boolean =>
  readCode(pattern, typed).kind !== 'other';
