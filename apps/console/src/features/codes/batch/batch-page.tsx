import { Grid, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { CampaignLink, Loaded, Page, Panel, Status } from '../../../kit/index.ts';
import { Meter } from '../making/pattern-fields.tsx';
import { BatchActs } from './batch-acts.tsx';
import { BatchCodes } from './batch-codes.tsx';
import { BatchFacts } from './batch-facts.tsx';
import { ImportReport } from './import-report.tsx';
import { Making } from './making.tsx';

const LOOK_EVERY_MS = 1_500;
/** A batch in one of these changes by itself. */
const MOVING: readonly string[] = ['making', 'pending_approval'];

/** Codes that were made together: how far they are, and all that can be done with them at once. */
export function BatchPage() {
  const { t } = useTranslation('codes');
  const { batchId = '' } = useParams({ strict: false });
  const settled = useRead('getCodeBatch', { params: { batchId } });
  const isMoving = MOVING.includes(settled.data?.status ?? '');
  const batch = useRead('getCodeBatch', { params: { batchId } }, { every: isMoving && LOOK_EVERY_MS });
  const shown = batch.data;
  return (
    <Page
      title={shown ? (shown.pattern ?? t(`batchKinds.${shown.kind}`)) : t('batch')}
      beside={shown && <Status of={shown.status} />}
      description={
        shown && (
          <>
            {t('batchOf', { count: shown.size })} <CampaignLink id={shown.campaignId} />
          </>
        )
      }
      crumbs={[
        { label: t('rooms.codes'), link: { to: '/codes' } },
        { label: t('batches'), link: { to: '/codes', search: { tab: 'batches' } } },
      ]}
      actions={shown && <BatchActs batch={shown} />}
    >
      <Loaded of={batch}>
        {(data) => (
          <Stack>
            <Making batch={data} />
            <Grid>
              <Grid.Col span={{ base: 12, md: data.strength ? 7 : 12 }}>
                <BatchFacts batch={data} />
              </Grid.Col>
              {data.strength && (
                <Grid.Col span={{ base: 12, md: 5 }}>
                  <Panel title={t('strength.label')}>
                    <Meter of={data.strength} />
                  </Panel>
                </Grid.Col>
              )}
            </Grid>
            {(data.badLines ?? 0) > 0 && <ImportReport batchId={data.id} count={data.badLines ?? 0} />}
            {!isMoving && <BatchCodes batchId={data.id} />}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
