import { Alert, Button, Group, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { When } from '../../../kit/index.ts';

/** What is shown was typed here earlier and never saved. */
export function RestoredNote({ at, onDiscard }: { at: string; onDiscard: () => void }) {
  const { t } = useTranslation('campaigns');
  return (
    <Alert icon={<IconHistory size={18} />} p="sm">
      <Group justify="space-between" gap="xs">
        <Text fz="sm">
          {t('editor.restored')} <When at={at} />
        </Text>
        <Button variant="default" size="compact-sm" onClick={onDiscard}>
          {t('editor.discard')}
        </Button>
      </Group>
    </Alert>
  );
}
