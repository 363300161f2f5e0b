import { Grid, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { CampaignLink, Loaded, Page, Status } from '../../../kit/index.ts';
import { Attempts } from './attempts.tsx';
import { CodeActs } from './code-acts.tsx';
import { CodeFacts } from './code-facts.tsx';
import { Story } from './story.tsx';

/** What a code is, and what happened to it. */
export function CodePage() {
  const { t } = useTranslation('codes');
  const { codeId = '' } = useParams({ strict: false });
  const code = useRead('getCode', { params: { codeId } });
  return (
    <Page
      title={code.data?.code ?? t('code')}
      beside={code.data && <Status of={code.data.state} />}
      description={
        code.data && (
          <>
            {t(`isA.${code.data.kind}`)} <CampaignLink id={code.data.campaignId} />
          </>
        )
      }
      crumbs={[{ label: t('rooms.codes'), link: { to: '/codes' } }]}
      actions={code.data && <CodeActs code={code.data} />}
    >
      <Loaded of={code}>
        {(shown) => (
          <Stack>
            <Grid>
              <Grid.Col span={{ base: 12, md: 7 }}>
                <CodeFacts code={shown} />
              </Grid.Col>
              <Grid.Col span={{ base: 12, md: 5 }}>
                <Story code={shown} />
              </Grid.Col>
            </Grid>
            <Attempts codeId={shown.id} />
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}
