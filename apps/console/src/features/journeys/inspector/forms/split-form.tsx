import { ActionIcon, Button, Group, Stack, Text, TextInput, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Percent, PercentInput } from '../../../../kit/index.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import type { FormProps } from './form-props.ts';
import { equalShares, newVariant } from './shares.ts';

type Variant = NodeOf<'split'>['variants'][number];
const MOST = 20;
const WHOLE = 10_000;

/** Shares of players, each with a way of its own. */
export function SplitForm({ id, node, onChange }: FormProps<NodeOf<'split'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const { variants } = node;
  const set = (next: readonly Variant[], about?: string) => onChange({ ...node, variants: [...next] }, about);
  const total = variants.reduce((sum, { bps }) => sum + bps, 0);
  const fault = faultOf('variants');
  return (
    <Stack gap="xs" component="section" aria-label={t('split.variants')}>
      <Group justify="space-between">
        <Text fz="sm" fw={500}>
          {t('split.variants')}
        </Text>
        <Text fz="xs" c={total === WHOLE ? 'dimmed' : 'red'}>
          {t('split.total')} <Percent of={total} digits={2} />
        </Text>
      </Group>
      {variants.map((variant, index) => (
        <Group key={variant.id} gap={6} wrap="nowrap">
          <TextInput
            aria-label={t('split.name', { variant: variant.id })}
            placeholder={variant.id}
            flex={1}
            value={variant.name ?? ''}
            onChange={(event) =>
              set(
                variants.with(index, { ...variant, name: event.currentTarget.value || null }),
                `name of ${variant.id}`,
              )
            }
          />
          <PercentInput
            aria-label={t('split.share', { variant: variant.name ?? variant.id })}
            w={98}
            value={variant.bps}
            onChange={(bps) =>
              bps !== undefined && set(variants.with(index, { ...variant, bps }), `share of ${variant.id}`)
            }
          />
          <Tooltip label={t('remove')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('split.remove', { variant: variant.name ?? variant.id })}
              disabled={variants.length <= 2}
              onClick={() => set(variants.toSpliced(index, 1))}
            >
              <IconTrash size={15} />
            </ActionIcon>
          </Tooltip>
        </Group>
      ))}
      {fault && (
        <Text fz="xs" c="red">
          {fault}
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          disabled={variants.length >= MOST}
          onClick={() => set([...variants, newVariant(variants)])}
        >
          {t('split.add')}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={() => set(equalShares(variants))}>
          {t('split.equal')}
        </Button>
      </Group>
    </Stack>
  );
}
