import { Badge, Group, Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The events an endpoint receives. */
export function EventBadges({ of }: { of: readonly string[] | null }) {
  const { t } = useTranslation('webhooks');
  if (of === null)
    return (
      <Text fz="sm" c="dimmed">
        {t('allEventsHint')}
      </Text>
    );
  return (
    <Group gap={6}>
      {of.map((type) => (
        <Tooltip key={type} label={t(`events.${type}`)}>
          <Badge variant="default" tt="none" fw={400} radius="sm" ff="monospace">
            {type}
          </Badge>
        </Tooltip>
      ))}
    </Group>
  );
}
