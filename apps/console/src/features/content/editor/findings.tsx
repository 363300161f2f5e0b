import { Anchor, Group, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../kit/index.ts';
import { type Finding, useEditor } from './editor-context.ts';
import { useTextName } from './use-text-name.ts';

/** Of one text or setting, or of everything in a block. */
export const isAt =
  (place: string, locale?: string) =>
  (finding: Finding): boolean =>
    finding.locale === locale && finding.text === place;

/** What stands below a field: an error says what keeps it from being published, a warning what to think about. */
export function Warnings({ of }: { of: readonly Finding[] }) {
  return of
    .filter(({ severity }) => severity === 'warning')
    .map(({ key, message }) => (
      <Group key={`${key} ${message}`} gap={5} mt={3} wrap="nowrap" align="flex-start" c="yellow">
        <IconAlertTriangle size={13} style={{ flex: 'none', marginTop: 2 }} aria-hidden />
        <Text fz="xs" inherit>
          {message}
        </Text>
      </Group>
    ));
}

export const errorOf = (findings: readonly Finding[]): string | undefined =>
  findings
    .filter(({ severity }) => severity === 'error')
    .map(({ message, line }) => (line !== undefined && line > 1 ? `${line}: ${message}` : message))
    .join(' ') || undefined;

/** Everything there is to say of the document, with the way to each place. */
export function FindingList({ onGo }: { onGo: (finding: Finding) => void }) {
  const { t } = useTranslation('content');
  const { findings } = useEditor();
  const nameOf = useTextName();
  if (findings.length === 0) return null;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <Panel
      title={t('findings.title', { count: findings.length })}
      hint={errors > 0 ? t('findings.errors', { count: errors }) : t('findings.warnings')}
    >
      <List fz="sm" spacing={6} listStyleType="none" aria-label={t('findings.label')}>
        {findings.map((finding) => (
          <List.Item
            key={`${finding.key} ${finding.text} ${finding.locale} ${finding.message}`}
            icon={<Mark of={finding} />}
          >
            {finding.text !== undefined && (
              <Anchor component="button" type="button" fz="sm" fw={500} onClick={() => onGo(finding)}>
                {nameOf(finding.text)}
                {finding.locale !== undefined && ` (${finding.locale})`}
              </Anchor>
            )}{' '}
            {finding.message}
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}

export function Mark({ of: { severity } }: { of: Pick<Finding, 'severity'> }) {
  const { t } = useTranslation('content');
  const IconOf = severity === 'error' ? IconCircleX : IconAlertTriangle;
  return (
    <IconOf
      size={15}
      color={`var(--mantine-color-${severity === 'error' ? 'red' : 'yellow'}-text)`}
      aria-label={t(`findings.${severity}`)}
      role="img"
    />
  );
}
