import { Alert, Button, Group, SegmentedControl, Stack, Text } from '@mantine/core';
import type { CampaignInput } from '@promosmith/contract';
import { IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TermsDiff } from '../../../kit/terms/index.ts';
import type { Campaign } from '../campaign.ts';
import { type Field, patchOf } from './draft/changes.ts';
import { inputOf, withoutName } from './draft/definition.ts';

interface Props {
  readonly mine: CampaignInput;
  readonly merged: CampaignInput;
  readonly saved: Campaign;
  readonly theirs: readonly Field[];
  readonly both: readonly Field[];
  readonly onSettle: (values: CampaignInput) => void;
}

/** Somebody else saved while this was typed: both are kept, and where they differ, one is chosen. */
export function ConflictPanel({ mine, merged, saved, theirs, both, onSettle }: Props) {
  const { t } = useTranslation('campaigns');
  const [taken, setTaken] = useState<readonly Field[]>([]);
  const other = inputOf(saved);
  return (
    <Alert color="yellow" icon={<IconUsers size={18} />} title={t('conflict.title')} role="alert">
      <Stack gap="sm">
        <Text fz="sm">{t('conflict.hint')}</Text>
        {theirs.length > 0 && (
          <Text fz="sm">
            {t('conflict.theirs', {
              fields: theirs.map((field) => t(`conflict.fields.${field}`)).join(', '),
            })}
          </Text>
        )}
        {both.map((field) => (
          <Stack key={field} gap={6}>
            <Group gap="sm">
              <Text fz="sm" fw={600}>
                {t(`conflict.fields.${field}`)}
              </Text>
              <SegmentedControl
                size="xs"
                aria-label={t(`conflict.fields.${field}`)}
                data={[
                  { value: 'mine', label: t('conflict.mine') },
                  { value: 'theirs', label: t('conflict.other') },
                ]}
                value={taken.includes(field) ? 'theirs' : 'mine'}
                onChange={(whose) =>
                  setTaken(whose === 'theirs' ? [...taken, field] : taken.filter((one) => one !== field))
                }
              />
            </Group>
            {field === 'name' ? (
              <Text fz="sm">
                {other.name} / {mine.name}
              </Text>
            ) : (
              <TermsDiff
                before={{ ...withoutName(mine), ...patchOf(other, [field]) }}
                after={withoutName(mine)}
              />
            )}
          </Stack>
        ))}
        <Group justify="flex-end">
          <Button onClick={() => onSettle({ ...merged, ...patchOf(other, taken) })}>
            {t('conflict.settle')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  );
}
