import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/index.ts';
import { Facts, Loaded, Panel, Status, When } from '../../kit/index.ts';
import { useSay } from '../../texts/index.ts';
import classes from './approvals.module.css';
import { Decision } from './decision.tsx';
import type { Request } from './request.ts';
import { RequestTitle } from './request-title.tsx';
import { Subject } from './subject.tsx';
import { What } from './what.tsx';

interface Props {
  readonly approvalId: string;
  /** To the list, where there is room for one of the two. */
  readonly onBack: () => void;
  /** The request stays in sight though it is no longer among those that wait. */
  readonly onDecided: () => void;
}

/** Who asks for what, and why; and the decision. */
export function RequestView({ approvalId, onBack, onDecided }: Props) {
  const { t } = useTranslation('approvals');
  const request = useRead('getApproval', { params: { approvalId } });
  return (
    <section className={classes.view} aria-label={t('request')}>
      <Button
        className={classes.back}
        variant="subtle"
        size="compact-sm"
        mb="xs"
        leftSection={<IconArrowLeft size={14} />}
        onClick={onBack}
      >
        {t('toList')}
      </Button>
      <Loaded of={request}>
        {(data) => (
          <Panel>
            <Stack gap="md">
              <Head request={data} />
              <What request={data} />
              {data.status === 'pending' ? (
                <Decision request={data} onDecided={onDecided} />
              ) : (
                <Outcome request={data} />
              )}
            </Stack>
          </Panel>
        )}
      </Loaded>
    </section>
  );
}

function Head({ request }: { request: Request }) {
  const { t } = useTranslation('approvals');
  const { status, requestedBy, createdAt, reason, kind } = request;
  return (
    <Stack gap="sm">
      <Group justify="space-between" gap="xs" align="flex-start">
        <Title order={2} fz="lg" flex={1}>
          <RequestTitle request={request} />
        </Title>
        <Status of={status} />
      </Group>
      <Facts
        of={[
          [t('kind'), t(`kindOf.${kind.replace('.', '_')}`, { defaultValue: kind })],
          [t('about'), <Subject key="s" request={request} />],
          [t('askedBy'), requestedBy.name ?? requestedBy.id],
          [t('askedAt'), <When key="w" at={createdAt} style="full" />],
          [t('why'), reason],
        ]}
      />
    </Stack>
  );
}

/** What was decided, by whom, and why. */
function Outcome({ request }: { request: Request }) {
  const { t } = useTranslation('approvals');
  const say = useSay();
  const { status, decidedBy, decidedAt, decisionReason, failure } = request;
  return (
    <Stack gap="sm">
      {failure && (
        <Alert color="red" title={t('failedTitle')}>
          {say(failure.message)}
        </Alert>
      )}
      <Text fz="sm">
        {t(`outcome.${status}`, { name: decidedBy?.name ?? decidedBy?.id ?? '—' })}{' '}
        <When at={decidedAt} style="full" />
      </Text>
      {decisionReason !== null && (
        <Text fz="sm" c="dimmed">
          “{decisionReason}”
        </Text>
      )}
    </Stack>
  );
}
