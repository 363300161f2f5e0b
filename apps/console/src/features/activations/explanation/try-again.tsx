import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ProblemError, useAct } from '../../../api/index.ts';
import { ActivationLink, ErrorBox, Money, Refusal, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

type Activation = Answer<'getActivation'>;

/** Tries a code for the player again: first without effect, then in earnest. */
export function TryAgain({ activation }: { activation: Activation }) {
  const { t } = useTranslation('activations');
  const [opened, { open, close }] = useDisclosure();
  if (!useMay('activations:create')) return null;
  return (
    <>
      <Button variant="default" onClick={open}>
        {t('again.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('again.title', { player: activation.player })} centered>
        <TryForm activation={activation} onDone={close} />
      </Modal>
    </>
  );
}

/** What stands before the last symbols of a code that is not shown in full. */
const MASK = '•';

function TryForm({ activation, onDone }: { activation: Activation; onDone: () => void }) {
  const { t } = useTranslation('activations');
  const navigate = useNavigate();
  const isMasked = activation.code === null || activation.code.startsWith(MASK);
  const [code, setCode] = useState(isMasked ? '' : (activation.code ?? ''));
  const dryRun = useAct('validateCode');
  const use = useAct('activateCode', ({ id }) => {
    tellDone(t('again.done', { player: activation.player }));
    onDone();
    void navigate({ to: '/activations/$activationId', params: { activationId: id } });
  });
  const body = { code: code.trim(), player: { id: activation.player } };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use.reset();
        dryRun.mutate({ body });
      }}
    >
      <Stack gap="sm">
        <Text fz="sm" c="dimmed">
          {t('again.hint')}
        </Text>
        <TextInput
          label={t('activations.code')}
          description={isMasked ? t('again.masked', { code: activation.code ?? '' }) : undefined}
          required
          maxLength={200}
          data-autofocus
          value={code}
          onChange={(event) => {
            setCode(event.currentTarget.value);
            dryRun.reset();
          }}
        />
        {dryRun.error && <ErrorBox error={dryRun.error} />}
        {dryRun.data && <DryRun result={dryRun.data} />}
        {use.error && <Refused error={use.error} />}
        <Group justify="flex-end" gap="xs">
          <Button type="submit" variant="default" loading={dryRun.isPending}>
            {t('again.check')}
          </Button>
          <Button
            disabled={dryRun.data?.valid !== true}
            loading={use.isPending}
            onClick={() => use.mutate({ body })}
          >
            {t('again.activate')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function DryRun({ result: { valid, outcome, reasons, grants } }: { result: Answer<'validateCode'> }) {
  const { t } = useTranslation('activations');
  if (!valid)
    return (
      <Alert color="red" title={t('again.wouldFail')} role="status">
        <List fz="sm">
          {reasons.map(({ check, key }) => (
            <List.Item key={check}>
              <Refusal of={key} />
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  return (
    <Alert
      color="green"
      title={t(outcome === 'awaiting_deposit' ? 'again.wouldWait' : 'again.wouldPass')}
      role="status"
    >
      <List fz="sm">
        {grants.map(({ kind, amount, currency }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rewards of a campaign stay in their order
          <List.Item key={index}>
            {t(`kinds.${kind}`)}
            {amount > 0 && (
              <>
                {': '}
                <Money amount={amount} currency={currency} />
              </>
            )}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** A refusal is an attempt of its own, with an explanation of its own. */
function Refused({ error }: { error: Error }) {
  const { t } = useTranslation('activations');
  const id = error instanceof ProblemError ? error.problem.activationId : undefined;
  return (
    <>
      <ErrorBox error={error} />
      {typeof id === 'string' && <ActivationLink id={id}>{t('again.explain')}</ActivationLink>}
    </>
  );
}
