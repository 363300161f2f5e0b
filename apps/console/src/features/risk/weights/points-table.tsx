import { NumberInput, Table, Text } from '@mantine/core';
import { INDICATOR_NAMES, INDICATORS, type IndicatorName } from '@promosmith/core/risk';
import { useTranslation } from 'react-i18next';
import type { Weights } from './weights.ts';

interface Props {
  readonly weights: Weights;
  /** As in force. */
  readonly before: Weights;
  readonly isReadOnly: boolean;
  readonly onChange: (name: IndicatorName, points: number) => void;
}

const HIGHEST = 100;

/** Every indicator with what it sees and what it weighs. */
export function PointsTable({ weights, before, isReadOnly, onChange }: Props) {
  const { t } = useTranslation(['risk', 'fraud']);
  return (
    <Table fz="sm" verticalSpacing={6} horizontalSpacing="md">
      <Table.Thead>
        <Table.Tr>
          <Table.Th fw={500}>{t('weights.indicator')}</Table.Th>
          <Table.Th fw={500} w={120}>
            {t('weights.column')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {INDICATOR_NAMES.map((name) => {
          const { reach, blocks } = INDICATORS[name];
          const isChanged = weights.points[name] !== before.points[name];
          return (
            <Table.Tr key={name}>
              <Table.Td>
                <Text fz="sm" fw={550}>
                  {t(`indicators.${name}`, { ns: 'fraud' })}
                </Text>
                <Text fz="xs" c="dimmed">
                  {t(`means.${name}`, { ns: 'fraud' })}{' '}
                  {t(blocks ? 'weights.blocks' : `weights.reach.${reach}`)}
                </Text>
              </Table.Td>
              <Table.Td>
                <NumberInput
                  size="xs"
                  aria-label={t('weights.pointsOf', { indicator: t(`indicators.${name}`, { ns: 'fraud' }) })}
                  min={0}
                  max={HIGHEST}
                  allowDecimal={false}
                  readOnly={isReadOnly}
                  value={weights.points[name]}
                  onChange={(value) => typeof value === 'number' && onChange(name, value)}
                />
                {isChanged && (
                  <Text fz="xs" c="dimmed" mt={2}>
                    {t('weights.was', { points: before.points[name] })}
                  </Text>
                )}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
