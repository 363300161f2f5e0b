import { Alert, Button, Drawer, Group, Stack, Text, Timeline, Title } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../api/index.ts';
import {
  Copyable,
  Facts,
  Loaded,
  PlayerLink,
  Status,
  shortId,
  TextLink,
  tellDone,
  tellFailed,
  When,
} from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { useSay } from '../../texts/index.ts';
import { languageName } from './language-name.ts';
import { useNames } from './names.ts';

type Message = Answer<'getMessage'>;

/** One on its way is followed. */
const EVERY_MS = 2_000;

/** @param messageId closed without one. */
export function MessageDrawer({
  messageId,
  onClose,
}: {
  messageId: string | undefined;
  onClose: () => void;
}) {
  const { t } = useTranslation('messages');
  return (
    <Drawer opened={messageId !== undefined} onClose={onClose} title={t('message')} size="lg">
      {messageId !== undefined && <OneMessage messageId={messageId} />}
    </Drawer>
  );
}

function OneMessage({ messageId }: { messageId: string }) {
  const message = useRead('getMessage', { params: { messageId } }, { every: EVERY_MS });
  return <Loaded of={message}>{(found) => <Shown message={found} />}</Loaded>;
}

function Shown({ message }: { message: Message }) {
  const { t } = useTranslation('messages');
  const say = useSay();
  const why = message.reason ?? message.lastError;
  return (
    <Stack>
      <Group justify="space-between">
        <Group gap="xs">
          <Status of={message.state} />
          <Text fz="sm">{t(`channels.${message.channel}`)}</Text>
        </Group>
        <ResendButton of={message} />
      </Group>
      {why !== null && (
        <Alert color={message.state === 'failed' ? 'red' : 'yellow'} icon={<IconAlertTriangle size={18} />}>
          {t(`reasons.${why}`, { defaultValue: say(why) })}
        </Alert>
      )}
      <Facts
        of={[
          [t('player'), <PlayerLink key="p" id={message.player} />],
          [t('origin'), <Origin key="o" of={message.origin} />],
          [
            t('content'),
            <span key="c">
              <ContentLink id={message.contentId} /> · {t('version', { version: message.contentVersion })}
            </span>,
          ],
          [t('product'), t(`products.${message.product}`)],
          [t('language'), languageName(message.locale)],
          [t('attempts'), message.attempts],
          [t('next'), <When key="n" at={message.nextAttemptAt} style="full" />],
          [t('expires'), <When key="e" at={message.expiresAt} style="full" />],
          [t('id'), <Copyable key="i" text={message.id} />],
        ]}
      />
      <Title order={3} fz="sm">
        {t('happened')}
      </Title>
      <Moments of={message.timeline} />
    </Stack>
  );
}

function ContentLink({ id }: { id: string }) {
  const may = useMay('journeys:read');
  const content = useRead('getContent', { params: { contentId: id } }, { enabled: may });
  return (
    <TextLink to={{ to: '/content/$contentId', params: { contentId: id } }}>
      {content.data?.name ?? shortId(id)}
    </TextLink>
  );
}

function Origin({ of: origin }: { of: Message['origin'] }) {
  const { t } = useTranslation('messages');
  const { journey } = useNames();
  if (origin.kind === 'journey')
    return (
      <TextLink to={{ to: '/journeys/$journeyId', params: { journeyId: origin.journeyId } }}>
        {journey(origin.journeyId)}
      </TextLink>
    );
  return (
    <TextLink to={{ to: '/messages', search: { message: origin.messageId } }}>{t('origins.resent')}</TextLink>
  );
}

function Moments({ of: moments }: { of: Message['timeline'] }) {
  const { t } = useTranslation('messages');
  return (
    <Timeline active={moments.length - 1} bulletSize={14} lineWidth={2}>
      {moments.map(({ at, what, detail }) => (
        <Timeline.Item key={`${at} ${what}`} title={<Text fz="sm">{t(`states.${what}`)}</Text>}>
          <Text fz="xs" c="dimmed">
            <When at={at} style="full" />
          </Text>
          {detail !== null && (
            <Text fz="xs" style={{ overflowWrap: 'anywhere' }}>
              {t(`reasons.${detail}`, { defaultValue: detail })}
            </Text>
          )}
        </Timeline.Item>
      ))}
    </Timeline>
  );
}

/**
 * Only one that failed and whose time is not over: whoever may have got it does not get it twice. The message that is
 * made of it is shown in its place.
 */
function ResendButton({ of: { id, state, expiresAt } }: { of: Message }) {
  const { t } = useTranslation('messages');
  const may = useMay('messages:send');
  const { setFilters } = useFilters<'message'>();
  const resend = useAct('resendMessage', (made) => {
    tellDone(t('resent'));
    setFilters({ message: made.id });
  });
  if (!may || state !== 'failed' || Date.parse(expiresAt) <= Date.now()) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={15} />}
      loading={resend.isPending}
      onClick={() => resend.mutate({ params: { messageId: id } }, { onError: tellFailed })}
    >
      {t('resend')}
    </Button>
  );
}
