import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Count, Facts, PlayerLink, When } from '../../../kit/index.ts';
import { numberFormat } from '../../../texts/index.ts';
import type { Seen } from '../reading.ts';

/** How a code was tried when the alarm was raised. */
export function CodeSeen({ of: { slot, tries, accepted, baseline, count, players, last4 } }: { of: Seen }) {
  const { t } = useTranslation('cases');
  const told = [
    last4 !== undefined && ([t('seen.last4'), `…${last4}`] as const),
    slot !== undefined && ([t('seen.slot'), <When key="s" at={slot} style="full" />] as const),
    tries !== undefined && ([t('seen.tries'), <Count key="t" of={tries} />] as const),
    accepted !== undefined && ([t('seen.accepted'), <Count key="a" of={accepted} />] as const),
    baseline !== undefined &&
      ([t('seen.baseline'), numberFormat({ maximumFractionDigits: 1 }).format(baseline)] as const),
    count !== undefined && ([t('seen.count'), <Count key="c" of={count} />] as const),
    players !== undefined &&
      ([
        t('seen.players'),
        <Group key="p" gap="xs">
          {players.map((player) => (
            <PlayerLink key={player} id={player} />
          ))}
        </Group>,
      ] as const),
  ];
  return <Facts of={told.filter((fact) => fact !== false)} />;
}
