import { Anchor, Stack, Switch } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { MessageNode } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { ContentPicker } from '../fields/content-picker.tsx';
import { OptionalSpanField } from '../fields/span-field.tsx';
import type { FormProps } from './form-props.ts';

const WEEK_MS = 604_800_000;

/** What is sent, how long it may be answered, and whether quiet hours hold for it. */
export function MessageForm({ id, node, onChange }: FormProps<MessageNode>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  return (
    <Stack gap="sm">
      <ContentPicker
        channel={node.kind}
        value={node.contentId}
        error={faultOf('contentId')}
        onChange={(contentId) => onChange({ ...node, contentId })}
      />
      {node.contentId === null ? (
        <Anchor component={Link} to="/content" target="_blank" fz="xs" c="inherit" underline="always">
          {t('message.library')} <IconExternalLink size={12} aria-hidden />
        </Anchor>
      ) : (
        <Anchor
          component={Link}
          to={`/content/${node.contentId}`}
          target="_blank"
          fz="xs"
          c="inherit"
          underline="always"
        >
          {t('message.open')} <IconExternalLink size={12} aria-hidden />
        </Anchor>
      )}
      <OptionalSpanField
        label={t('message.expires')}
        none={t('message.week')}
        otherwise={WEEK_MS}
        value={node.expiresAfterMs}
        error={faultOf('expiresAfterMs')}
        onChange={(expiresAfterMs) => onChange({ ...node, expiresAfterMs }, 'expiresAfterMs')}
      />
      <Switch
        label={t('message.quiet')}
        checked={node.sendInQuietHours}
        onChange={(event) => onChange({ ...node, sendInQuietHours: event.currentTarget.checked })}
      />
    </Stack>
  );
}
