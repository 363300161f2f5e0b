import { Alert, Grid, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import {
  CampaignLink,
  Count,
  Facts,
  Loaded,
  Page,
  Panel,
  Status,
  TextLink,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { Usual } from '../usual.tsx';
import type { WatchedDetail } from '../watched.ts';
import { CodeActs } from './code-acts.tsx';
import { Strangers } from './strangers.tsx';
import { TakeBacks } from './take-backs.tsx';
import { TriesChart } from './tries-chart.tsx';
import { Users } from './users.tsx';
import { WaitingRequest } from './waiting-request.tsx';

const LOOK_MS = 5_000;

/** How one code is tried, by whom, and what is done about it. */
export function CodePage() {
  const { t } = useTranslation('codewatch');
  const { codeId = '' } = useParams({ strict: false });
  const read = useRead('getWatchedCode', { params: { codeId } }, { every: LOOK_MS });
  const code = read.data;
  return (
    <Page
      title={code?.code ?? t('code')}
      beside={code && <Status of={code.state} />}
      description={
        code && (
          <>
            {t(`kinds.${code.kind}`)} <CampaignLink id={code.campaignId} />
          </>
        )
      }
      crumbs={[{ label: t('rooms.codeWatch'), link: { to: '/code-watch' } }]}
      actions={code && <CodeActs of={code} />}
    >
      <Loaded of={read}>{(data) => <Told of={data} now={read.dataUpdatedAt} />}</Loaded>
    </Page>
  );
}

function Told({ of: code, now }: { of: WatchedDetail; now: number }) {
  const { t } = useTranslation('codewatch');
  const mayLook = useMay('activations:read');
  return (
    <Stack gap="lg">
      <AlarmList of={code} />
      <WaitingRequest codeId={code.codeId} />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: 8 }}>
          <Stack gap="lg">
            <Panel title={t('chart.title')} hint={t('chart.hint')}>
              <TriesChart of={code} now={now} />
            </Panel>
            {mayLook && <Users codeId={code.codeId} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <Stack gap="lg">
            <CodeFacts of={code} />
            <TakeBacks of={code.takeBacks} />
            <Strangers of={code} />
          </Stack>
        </Grid.Col>
      </Grid>
    </Stack>
  );
}

function AlarmList({ of: { alarms } }: { of: WatchedDetail }) {
  const { t } = useTranslation('codewatch');
  const maySeeCases = useMay('cases:read');
  return alarms.map(({ caseId, kind, openedAt }) => (
    <Alert key={caseId} color="red" title={t(`alarm.${kind}`)}>
      {t(`alarmHint.${kind}`)} <When at={openedAt} />.{' '}
      {maySeeCases && <TextLink to={{ to: '/cases/$caseId', params: { caseId } }}>{t('openCase')}</TextLink>}
    </Alert>
  ));
}

function CodeFacts({ of: code }: { of: WatchedDetail }) {
  const { t } = useTranslation('codewatch');
  const { tries, baseline, watch, freeze, reissue, codeId } = code;
  return (
    <Panel
      title={t('facts')}
      actions={
        <Text fz="sm" component="div">
          <TextLink to={{ to: '/codes/$codeId', params: { codeId } }}>{t('toCode')}</TextLink>
        </Text>
      }
    >
      <Facts
        of={[
          [t('now'), t(`watch.${watch}`)],
          [t('tries.now'), <Count key="n" of={tries.now} />],
          [t('usual'), <Usual key="u" of={baseline} />],
          [t('tries.hour'), <Count key="h" of={tries.hour} />],
          [t('tries.day'), <Count key="d" of={tries.day} />],
          [t('freezing'), t(`freezings.${freeze}`)],
          [
            t('reissue.title'),
            reissue && (
              <TextLink key="r" to={{ to: '/code-batches/$batchId', params: { batchId: reissue.batchId } }}>
                {t('reissue.players', { count: reissue.players })}
              </TextLink>
            ),
          ],
        ]}
      />
    </Panel>
  );
}
