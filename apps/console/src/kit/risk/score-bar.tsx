import { Group, Text } from '@mantine/core';
import type { Band, BandStarts } from '@promosmith/core/risk';
import { useTranslation } from 'react-i18next';
import { type Part, scaleOf } from './score.ts';
import classes from './score-bar.module.css';

interface Props {
  /** As it was decided; less than the sum of its parts when those reach no further. */
  readonly score: number;
  readonly parts: readonly Part[];
  readonly bands: BandStarts;
  readonly band: Band;
}

/** Narrower, and a number does not fit in. */
const ROOM_PERCENT = 7;

/** A score as the sum of its parts, against where bands begin. The list of findings says the same in words. */
export function ScoreBar({ score, parts, bands, band }: Props) {
  const { t } = useTranslation('fraud');
  const { sum, segments, marks } = scaleOf(parts, bands);
  return (
    <figure className={classes.figure}>
      <Group gap={8} align="baseline" mb={6}>
        <Text span fz={26} fw={650} lh={1}>
          {score}
        </Text>
        <Text span fz="sm" fw={500} className={classes.band} data-band={band}>
          {t(`bands.${band}`)}
        </Text>
      </Group>
      <div
        className={classes.bar}
        role="img"
        aria-label={[
          t('score.label', { score, band: t(`bands.${band}`) }),
          ...segments.map(
            ({ indicator, points }) =>
              `${t(`indicators.${indicator}`, { defaultValue: indicator })} ${t('score.points', { points })}`,
          ),
        ].join('; ')}
      >
        {segments.map(({ indicator, points, start, width }, place) => (
          <span
            key={indicator}
            className={classes.segment}
            data-place={place % 2}
            title={t(`indicators.${indicator}`, { defaultValue: indicator })}
            style={{ left: `${start}%`, width: `${width}%` }}
          >
            {width >= ROOM_PERCENT && points}
          </span>
        ))}
        {marks.map((mark) => (
          <span key={mark.band} className={classes.mark} style={{ left: `${mark.at}%` }} />
        ))}
      </div>
      <div className={classes.scale} aria-hidden>
        {marks.map((mark, place) => (
          <span
            key={mark.band}
            style={{ left: `${mark.at}%`, maxWidth: `${(marks[place + 1]?.at ?? 100) - mark.at}%` }}
          >
            {t(`score.marks.${mark.band}`)} {mark.points}
          </span>
        ))}
      </div>
      {sum > score && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('score.held', { sum, score })}
        </Text>
      )}
    </figure>
  );
}
