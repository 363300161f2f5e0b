import { BANDS, type Band } from '@promosmith/core/risk';
import type { AssessedAttempt, ReadAssessed } from '../risk/index.ts';
import { outlineOf } from './kernel/outlines.ts';
import { readChecks, type StoredChecks } from './stored-checks.ts';

type Row = StoredChecks & Pick<AssessedAttempt, 'activationId' | 'player'>;

/** What the check of indicators keeps when anything was found. */
type Saw = Partial<Pick<AssessedAttempt, 'score' | 'band' | 'findings' | 'listed'>>;

const isBand = (text: unknown): text is Band => BANDS.some((band) => band === text);

/** Attempts of the past with what was found of them; those that anything else refused are left out, as are those of campaigns that count no indicator. */
export const findAssessed: ReadAssessed = async (db, brandId, { after, below }, limit) => {
  const { rows } = await db.query<Row>(
    `select activation_id as "activationId", player_external_id as player, ${outlineOf('activations')} as outline, seen
     from activations
     where brand_id = $1 and activation_id > $2 and activation_id < $3
       and (decided <> 'refused' or refusal_key = 'risk_declined')
       and outline_id in (select outline_id from check_outlines where outline ~ '(^|\\n)risk( |\\n|$)')
     order by activation_id limit $4`,
    [brandId, after, below, limit],
  );
  return rows.map(attemptOf);
};

function attemptOf({ activationId, player, ...stored }: Row): AssessedAttempt {
  const risk = readChecks(stored).find(({ check }) => check === 'risk');
  const { score = 0, band, findings = [], listed = null }: Saw = isSaw(risk?.saw) ? risk.saw : {};
  return { activationId, player, score, band: isBand(band) ? band : 'allow', findings, listed };
}

const isSaw = (saw: unknown): saw is Saw => typeof saw === 'object' && saw !== null;
