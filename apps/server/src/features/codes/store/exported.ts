import type { CodeKind, CodeState } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { STATE } from './codes.ts';

/** Which codes: of a campaign, or of one of its batches. */
export interface Selection {
  brandId: string;
  campaignId: string;
  batchId: string | null;
}

export interface ExportedCode {
  madeIn: string;
  position: number;
  kind: CodeKind;
  state: CodeState;
  uses: number;
  maxUses: number | null;
  holder: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  sharedText: string | null;
  sealedText: Buffer | null;
}

/** The next codes of a selection in the order of the index; none of batches that are being made. */
export async function nextExported(
  db: Queryable,
  { brandId, campaignId, batchId }: Selection,
  after: Pick<ExportedCode, 'madeIn' | 'position'> | undefined,
  atMost: number,
): Promise<ExportedCode[]> {
  // Within one batch the place is compared by the position alone: compared by the batch too, PostgreSQL would read all codes
  // before it again.
  const place =
    batchId === null
      ? '($3::uuid is null or (c.batch_id, c.position) > ($3, $4))'
      : 'c.batch_id = $3 and ($4::integer is null or c.position > $4)';
  const { rows } = await db.query<ExportedCode>(
    `select c.batch_id as "madeIn", c.position, c.kind, ${STATE} as state, c.uses, c.max_uses as "maxUses",
       p.external_id as holder, c.starts_at as "startsAt", c.ends_at as "endsAt", c.shared_text as "sharedText",
       c.sealed_text as "sealedText"
     from codes c left join players p on p.player_id = c.holder_id
     where c.brand_id = $1 and c.campaign_id = $2 and ${place}
       and c.batch_id not in (select batch_id from code_batches where campaign_id = $2 and status = 'making')
     order by c.batch_id, c.position limit $5`,
    [brandId, campaignId, batchId ?? after?.madeIn ?? null, after?.position ?? null, atMost],
  );
  return rows;
}
