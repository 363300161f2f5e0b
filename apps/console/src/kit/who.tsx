import { Text } from '@mantine/core';
import type { Actor } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { Nothing } from './values.tsx';

/** Who did something: a person by name, or what acted. */
export function Who({ by }: { by: Actor | null | undefined }) {
  const { t } = useTranslation();
  if (!by) return <Nothing />;
  return (
    <Text span inherit title={by.id}>
      {by.name ?? (by.kind === 'system' ? t('actors.system') : by.id)}
      {by.kind !== 'staff' && by.kind !== 'system' && (
        <Text span inherit c="dimmed">
          {` · ${t(`actors.${by.kind}`)}`}
        </Text>
      )}
    </Text>
  );
}
