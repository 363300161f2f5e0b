import { Button, Group, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmButton, ErrorBox, Facts, Panel, tellDone } from '../../../kit/index.ts';
import type { Brand } from '../../../session/index.ts';

/** How tokens that the platform signs for its players are verified: by a secret shared with it, or by its published keys. */
export function PlayerTokensPanel({ brand: { playerTokens } }: { brand: Brand }) {
  const { t } = useTranslation('brands');
  const form = useForm({
    initialValues: { kind: 'jwks' as 'jwks' | 'hs256', url: '', secret: '', issuer: '', audience: '' },
  });
  const set = useAct('setPlayerTokens', () => {
    form.reset();
    tellDone(t('saved'));
  });
  const save = ({ kind, url, secret, issuer, audience }: typeof form.values) => {
    const claims = { ...(issuer ? { issuer } : {}), ...(audience ? { audience } : {}) };
    const tokens =
      kind === 'jwks' ? { kind, url, ...claims } : { kind, secrets: [secret] as [string], ...claims };
    set.mutate({ body: { playerTokens: tokens } });
  };
  return (
    <Stack>
      <Panel
        title={t('tokens.title')}
        hint={t('tokens.hint')}
        actions={
          playerTokens && (
            <ConfirmButton
              label={t('tokens.stop.label')}
              title={t('tokens.stop.title')}
              consequence={t('tokens.stop.consequence')}
              variant="default"
              onConfirm={() => set.mutateAsync({ body: { playerTokens: null } })}
            />
          )
        }
      >
        <Facts
          of={[
            [t('tokens.kind'), playerTokens ? t(`tokens.kinds.${playerTokens.kind}`) : t('tokens.none')],
            [t('tokens.url'), playerTokens?.kind === 'jwks' ? playerTokens.url : null],
            [t('tokens.issuer'), playerTokens?.issuer],
            [t('tokens.audience'), playerTokens?.audience],
          ]}
        />
      </Panel>
      <Panel title={t('tokens.set')}>
        <form onSubmit={form.onSubmit(save)}>
          <Stack>
            {set.error && <ErrorBox error={set.error} />}
            <SegmentedControl
              w="fit-content"
              aria-label={t('tokens.kind')}
              data={(['jwks', 'hs256'] as const).map((kind) => ({
                value: kind,
                label: t(`tokens.kinds.${kind}`),
              }))}
              {...form.getInputProps('kind')}
            />
            {form.values.kind === 'jwks' ? (
              <TextInput label={t('tokens.url')} type="url" required {...form.getInputProps('url')} />
            ) : (
              <TextInput
                label={t('tokens.secret')}
                description={t('tokens.secretHint')}
                minLength={32}
                required
                autoComplete="off"
                {...form.getInputProps('secret')}
              />
            )}
            <Group grow>
              <TextInput label={t('tokens.issuer')} {...form.getInputProps('issuer')} />
              <TextInput label={t('tokens.audience')} {...form.getInputProps('audience')} />
            </Group>
            <Group justify="flex-end">
              <Button type="submit" loading={set.isPending}>
                {t('save')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Panel>
    </Stack>
  );
}
