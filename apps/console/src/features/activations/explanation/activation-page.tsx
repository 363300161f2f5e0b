import { Grid, Group, Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Copyable, GrantByHand, Loaded, Page, Panel, Status, TryCode } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { ActivationFacts } from './activation-facts.tsx';
import { CheckList } from './check-list.tsx';
import { CodeFacts } from './code-facts.tsx';
import { Granted } from './granted.tsx';
import { Reverse } from './reverse.tsx';
import { Verdict } from './verdict.tsx';

/** One attempt: what came of it, every check that decided so, and what can be done about it. */
export function ActivationPage() {
  const { t } = useTranslation('activations');
  const { activationId } = useParams({ strict: false });
  const explanation = useRead('explainActivation', { params: { activationId: activationId ?? '' } });
  const { brand } = useMember();
  const activation = explanation.data?.activation;
  const code = activation?.code ?? t('activations.noCode');
  return (
    <Page
      title={activation ? t('attempt', { code, player: activation.player }) : t('rooms.activations')}
      beside={activation && <Status of={activation.outcome} />}
      crumbs={[{ label: t('rooms.activations'), link: { to: '/activations' } }]}
      actions={
        activation && (
          <>
            <Reverse activation={activation} />
            <TryCode player={activation.player} code={activation.code} label={t('again')} />
            <GrantByHand
              player={activation.player}
              campaignId={activation.campaignId ?? undefined}
              reason={t('goodwillReason', { code, id: activation.id })}
              label={t('goodwill')}
            />
          </>
        )
      }
    >
      <Loaded of={explanation}>
        {({ activation: shown, message, checks }) => {
          const known = checks.find(({ check, ok }) => check === 'player.currency' && ok)?.saw;
          const currency = typeof known === 'string' ? known : brand.currency;
          return (
            <Stack gap="md">
              <Verdict activation={shown} message={message} checks={checks} />
              {shown.outcome !== 'refused' && <Granted activation={shown} />}
              <Grid>
                <Grid.Col span={{ base: 12, md: 8 }}>
                  <Panel
                    title={t('checks.title')}
                    hint={t('checks.hint', {
                      count: checks.length,
                      failed: checks.filter(({ ok }) => !ok).length,
                    })}
                    padded={false}
                  >
                    <CheckList checks={checks} currency={currency} />
                  </Panel>
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 4 }}>
                  <Stack>
                    <ActivationFacts activation={shown} />
                    {shown.codeId !== null && <CodeFacts codeId={shown.codeId} />}
                    <Group gap="xs" fz="xs">
                      <Copyable text={shown.id} />
                    </Group>
                  </Stack>
                </Grid.Col>
              </Grid>
            </Stack>
          );
        }}
      </Loaded>
    </Page>
  );
}
