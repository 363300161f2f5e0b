import { Group, Stack, Table, Text } from '@mantine/core';
import type { RiskTrialResult } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { ActivationLink, Count, PlayerLink } from '../../../kit/index.ts';
import { numberFormat } from '../../../texts/index.ts';
import classes from './trial-result.module.css';
import { rowsOf } from './weights.ts';

/** What was, and what would have been: by band, and who would have moved. */
export function TrialResult({ of: trial }: { of: RiskTrialResult }) {
  const { t } = useTranslation(['risk', 'fraud']);
  const rows = rowsOf(trial);
  const most = Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]));
  const signed = numberFormat({ signDisplay: 'exceptZero' });
  if (trial.attempts === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('trial.nothing')}
      </Text>
    );
  return (
    <Stack>
      <Text fz="sm">
        {t('trial.attempts', { count: trial.attempts, attempts: numberFormat().format(trial.attempts) })}
      </Text>
      <Table fz="sm" withRowBorders={false} verticalSpacing={4} aria-label={t('trial.result')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th fw={500}>{t('trial.band')}</Table.Th>
            <Table.Th fw={500} ta="end">
              {t('trial.before')}
            </Table.Th>
            <Table.Th fw={500} ta="end">
              {t('trial.after')}
            </Table.Th>
            <Table.Th fw={500} ta="end">
              {t('trial.difference')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ band, before, after, by }) => (
            <Table.Tr key={band}>
              <Table.Td>
                {t(`bands.${band}`, { ns: 'fraud' })}
                <div className={classes.bars} aria-hidden>
                  <span data-before style={{ width: `${(before / most) * 100}%` }} />
                  <span style={{ width: `${(after / most) * 100}%` }} />
                </div>
              </Table.Td>
              <Table.Td ta="end">
                <Count of={before} />
              </Table.Td>
              <Table.Td ta="end">
                <Count of={after} />
              </Table.Td>
              <Table.Td ta="end">{signed.format(by)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {trial.moves.map(({ from, to, attempts, samples }) => (
        <Stack key={`${from} ${to}`} gap={4}>
          <Text fz="sm" fw={500}>
            {t('trial.move', {
              from: t(`bands.${from}`, { ns: 'fraud' }),
              to: t(`bands.${to}`, { ns: 'fraud' }),
            })}{' '}
            <Count of={attempts} />
          </Text>
          {samples.map(({ activationId, player, score, indicators }) => (
            <Group key={activationId} gap="xs" fz="sm" wrap="nowrap" align="baseline">
              <PlayerLink id={player} />
              <ActivationLink id={activationId}>
                {score.before} → {score.after}
              </ActivationLink>
              <Text span fz="xs" c="dimmed">
                {indicators.map((name) => t(`indicators.${name}`, { ns: 'fraud' })).join(', ')}
              </Text>
            </Group>
          ))}
        </Stack>
      ))}
    </Stack>
  );
}
