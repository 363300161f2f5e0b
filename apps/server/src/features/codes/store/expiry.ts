import type { CodeKind } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

export interface Expired {
  brandId: string;
  codeId: string;
  campaignId: string;
  batchId: string | null;
  kind: CodeKind;
  last4: string;
  /** Orders the codes of a campaign, together with the position. */
  madeIn: string;
  position: number;
}

/** Expires the codes of `due`, which has their locks. */
const EXPIRE = `expired as (
    update codes c set state = 'expired' from due
    where c.code_key = due.code_key and c.state in ('generated', 'active')
    returning c.*)
  select c.brand_id as "brandId", c.code_key as "codeId", c.campaign_id as "campaignId", b.batch_id as "batchId",
    c.kind, c.last4, c.batch_id as "madeIn", c.position
  from expired c left join code_batches b on b.batch_id = c.batch_id
  order by c.batch_id, c.position`;

/** Expires codes whose own end has come, the earliest first. Codes in use this moment are left for the next time. */
export async function expireDueCodes(tx: Queryable, atMost: number): Promise<Expired[]> {
  const { rows } = await tx.query<Expired>(
    `with due as (
       select code_key from codes
       where ends_at is not null and ends_at <= now() and state in ('generated', 'active')
       order by ends_at, code_key limit $1 for update skip locked),
     ${EXPIRE}`,
    [atMost],
  );
  return rows;
}

/** A code's place among those of its campaign. */
export type Place = Pick<Expired, 'madeIn' | 'position'>;

/** Expires live codes of one campaign from a place on, in the order of the index, so that none is looked at twice. */
export async function expireCodesAfter(
  tx: Queryable,
  { brandId, campaignId }: { brandId: string; campaignId: string },
  after: Place | undefined,
  atMost: number,
): Promise<Expired[]> {
  const { rows } = await tx.query<Expired>(
    `with due as (
       select code_key from codes
       where brand_id = $1 and campaign_id = $2 and ($3::uuid is null or (batch_id, position) > ($3, $4))
         and state in ('generated', 'active')
       order by batch_id, position limit $5 for update),
     ${EXPIRE}`,
    [brandId, campaignId, after?.madeIn ?? null, after?.position ?? null, atMost],
  );
  return rows;
}
