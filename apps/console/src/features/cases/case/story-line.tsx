import { Group, Timeline as Line, Text } from '@mantine/core';
import { type Icon, IconAlertTriangle, IconCoins, IconGift, IconMail, IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  ActivationLink,
  BonusLink,
  CampaignLink,
  Money,
  Panel,
  Refusal,
  Status,
  When,
} from '../../../kit/index.ts';
import type { CaseDetail } from '../kinds.ts';
import { type Entry, keyOf, storyOf, type What } from './story.ts';

const ICONS: Readonly<Record<What, Icon>> = {
  attempt: IconTicket,
  money: IconCoins,
  bonus: IconGift,
  message: IconMail,
  opened: IconAlertTriangle,
};

interface Props {
  readonly timeline: NonNullable<CaseDetail['timeline']>;
  readonly openedAt: string;
}

/** What is on record of the player around the case, the newest first. */
export function Story({ timeline, openedAt }: Props) {
  const { t } = useTranslation('cases');
  return (
    <Panel title={t('story.title')} hint={t('story.hint')}>
      <Line bulletSize={24} lineWidth={2} active={-1}>
        {storyOf(timeline, openedAt).map((entry) => {
          const IconOf = ICONS[entry.what];
          return (
            <Line.Item
              key={keyOf(entry)}
              bullet={<IconOf size={13} aria-hidden />}
              color={entry.what === 'opened' ? 'orange' : undefined}
              title={
                <Group gap="xs" justify="space-between" wrap="nowrap" align="flex-start">
                  <Text component="div" fz="sm" fw={500}>
                    <Happened entry={entry} />
                  </Text>
                  <Text span fz="xs" c="dimmed">
                    <When at={entry.at} />
                  </Text>
                </Group>
              }
            >
              <Text component="div" fz="sm" c="dimmed">
                <More entry={entry} />
              </Text>
            </Line.Item>
          );
        })}
      </Line>
    </Panel>
  );
}

function Happened({ entry }: { entry: Entry }) {
  const { t } = useTranslation('cases');
  switch (entry.what) {
    case 'opened':
      return t('story.opened');
    case 'attempt':
      return (
        <Group gap={6}>
          {t('story.attempt')} <ActivationLink id={entry.activationId}>{entry.code}</ActivationLink>
          <Status of={entry.outcome} />
        </Group>
      );
    case 'money':
      return t(`story.money.${entry.type.replace('.', '_')}`, { defaultValue: entry.type });
    case 'bonus':
      return (
        <Group gap={6}>
          <BonusLink id={entry.grantId}>{t(`kinds.${entry.kind}`, { ns: 'common' })}</BonusLink>
          <Status of={entry.status} />
        </Group>
      );
    case 'message':
      return (
        <Group gap={6}>
          {t(`channels.${entry.channel}`, { defaultValue: entry.channel })} <Status of={entry.state} />
        </Group>
      );
  }
}

function More({ entry }: { entry: Entry }) {
  switch (entry.what) {
    case 'attempt':
      return (
        <>
          {entry.refusalKey !== null && (
            <>
              <Refusal of={entry.refusalKey} />{' '}
            </>
          )}
          {entry.campaignId !== null && <CampaignLink id={entry.campaignId} />}
        </>
      );
    case 'money':
      return entry.currency === null ? null : (
        <>
          <Money amount={entry.amount} currency={entry.currency} />
          {entry.method !== null && ` · ${entry.method}`}
        </>
      );
    case 'bonus':
      return <Money amount={entry.amount} currency={entry.currency} />;
    default:
      return null;
  }
}
