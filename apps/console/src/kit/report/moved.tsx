import { IconArrowDownRight, IconArrowUpRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../texts/index.ts';
import classes from './moved.module.css';

interface Props {
  readonly now: number;
  readonly before: number;
  /** Basis points: shares move by points, for a percentage of a percentage misleads. */
  readonly isShare?: boolean;
}

/** How far a number moved since the period before; nothing where that is too little to be told. */
export function Moved({ now, before, isShare = false }: Props) {
  const { t } = useTranslation();
  const by = isShare ? (now - before) / 100 : (now - before) / Math.abs(before);
  const format = numberFormat(
    isShare
      ? { maximumFractionDigits: 1, signDisplay: 'exceptZero' }
      : { style: 'percent', maximumFractionDigits: 0, signDisplay: 'exceptZero' },
  );
  if (!Number.isFinite(by) || format.format(by) === format.format(0)) return null;
  const Arrow = by > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <span className={classes.moved}>
      <Arrow size={14} aria-hidden />
      {isShare ? t('report.points', { points: format.format(by) }) : format.format(by)}
    </span>
  );
}
