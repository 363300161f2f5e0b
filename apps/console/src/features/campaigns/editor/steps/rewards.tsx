import {
  ActionIcon,
  Button,
  Group,
  Menu,
  Paper,
  SimpleGrid,
  Stack,
  Text,
  Title,
  UnstyledButton,
} from '@mantine/core';
import type { RewardKind } from '@promosmith/contract';
import {
  type Icon,
  IconCoins,
  IconConfetti,
  IconGift,
  IconPercentage,
  IconPigMoney,
  IconPlus,
  IconTrash,
  IconTrophy,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { firstReward } from '../draft/definition.ts';
import { useCampaignForm } from '../form.ts';
import { RewardFields } from '../rewards/reward-fields.tsx';
import classes from './steps.module.css';

const KINDS: readonly (readonly [RewardKind, Icon])[] = [
  ['deposit', IconPigMoney],
  ['free_spins', IconConfetti],
  ['bonus_balance', IconCoins],
  ['cashback', IconPercentage],
  ['tournament_entry', IconTrophy],
  ['special', IconGift],
];
const MOST = 10;

/** Everything the offer gives, one after the other. */
export function Rewards() {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const { rewards } = form.values;
  const add = (kind: RewardKind) => form.insertListItem('rewards', firstReward(kind));
  const { error } = form.getInputProps('rewards');
  if (rewards.length === 0)
    return (
      <Stack gap="xs" role="group" aria-label={t('rewards.choose')}>
        <Text fz="sm" fw={500}>
          {t('rewards.choose')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} spacing="sm">
          {KINDS.map(([kind, IconOf]) => (
            <UnstyledButton key={kind} className={classes.kind} onClick={() => add(kind)}>
              <IconOf size={20} stroke={1.6} aria-hidden />
              <Text fz="sm" fw={600}>
                {t(`kinds.${kind}`)}
              </Text>
              <Text fz="xs" c="dimmed">
                {t(`rewards.about.${kind}`)}
              </Text>
            </UnstyledButton>
          ))}
        </SimpleGrid>
        {error && (
          <Text fz="xs" c="red" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    );
  return (
    <Stack gap="md">
      {rewards.map((reward, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reward is its place
        <Paper key={`${at} ${reward.kind}`} withBorder p="md" component="section">
          <Stack gap="md">
            <Group justify="space-between">
              <Title order={3} fz="sm">
                {t(`kinds.${reward.kind}`)}
              </Title>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('rewards.remove', { kind: t(`kinds.${reward.kind}`) })}
                onClick={() => form.removeListItem('rewards', at)}
              >
                <IconTrash size={16} />
              </ActionIcon>
            </Group>
            {form.errors[`rewards.${at}`] && (
              <Text fz="xs" c="red" role="alert">
                {form.errors[`rewards.${at}`]}
              </Text>
            )}
            <RewardFields path={`rewards.${at}`} reward={reward} />
          </Stack>
        </Paper>
      ))}
      {rewards.length < MOST && (
        <Menu position="bottom-start">
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlus size={15} />}
              style={{ alignSelf: 'flex-start' }}
            >
              {t('rewards.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {KINDS.map(([kind, IconOf]) => (
              <Menu.Item key={kind} leftSection={<IconOf size={16} />} onClick={() => add(kind)}>
                {t(`kinds.${kind}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </Stack>
  );
}
