import { Group, List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { nameFormat } from '../../texts/index.ts';
import { type EvidenceValues, type Finding, valuesOf } from './evidence.ts';

const REGION = /^[A-Z]{2}$/;

/** Countries by their names. */
const written = (values: EvidenceValues): EvidenceValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && REGION.test(value)
        ? (nameFormat({ type: 'region' }).of(value) ?? value)
        : value,
    ]),
  ) as EvidenceValues;

/** What was seen by each indicator in words, with what it counts, the weightiest first. */
export function Findings({ of }: { of: readonly Finding[] }) {
  const { t } = useTranslation('fraud');
  if (of.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('score.none')}
      </Text>
    );
  return (
    <List listStyleType="none" spacing="xs">
      {of
        .toSorted((one, other) => other.points - one.points)
        .map((finding) => (
          <List.Item
            key={finding.indicator}
            styles={{ itemWrapper: { width: '100%' }, itemLabel: { width: '100%' } }}
          >
            <Group justify="space-between" gap="xs" wrap="nowrap" align="baseline">
              <Text span fz="sm" fw={550}>
                {t(`indicators.${finding.indicator}`, { defaultValue: finding.indicator })}
              </Text>
              <Text span fz="sm" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
                {finding.points === 0 ? t('score.uncounted') : t('score.points', { points: finding.points })}
              </Text>
            </Group>
            <Text fz="sm" c="dimmed">
              {t(`evidence.${finding.indicator}`, {
                ...written(valuesOf(finding)),
                defaultValue: JSON.stringify(finding.evidence),
              })}
            </Text>
          </List.Item>
        ))}
    </List>
  );
}
