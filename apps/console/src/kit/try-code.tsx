import { Alert, Button, Group, List, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, ProblemError, useAct } from '../api/index.ts';
import { useMay } from '../session/index.ts';
import { ErrorBox, tellDone } from './feedback.tsx';
import { ActivationLink } from './links.tsx';
import { Refusal } from './refusal.tsx';
import { Money } from './values.tsx';

interface Props {
  /** The platform's own id. */
  readonly player: string;
  /** As an earlier attempt shows it: secret ones are masked. */
  readonly code?: string | null;
  readonly label?: string;
}

/** Tries a code for a player: first without effect, then in earnest. */
export function TryCode({ player, code = '', label }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  if (!useMay('activations:create')) return null;
  return (
    <>
      <Button variant="default" onClick={open}>
        {label ?? t('tryCode.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('tryCode.title', { player })} centered>
        <TryForm player={player} shown={code} onDone={close} />
      </Modal>
    </>
  );
}

/** What stands before the last symbols of a code that is not shown in full. */
const MASK = '•';

interface FormProps {
  readonly player: string;
  readonly shown: string | null;
  readonly onDone: () => void;
}

function TryForm({ player, shown, onDone }: FormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isMasked = shown?.startsWith(MASK) === true;
  const [code, setCode] = useState(isMasked ? '' : (shown ?? ''));
  const dryRun = useAct('validateCode');
  const use = useAct('activateCode', ({ id }) => {
    tellDone(t('tryCode.done', { player }));
    onDone();
    void navigate({ to: '/activations/$activationId', params: { activationId: id } });
  });
  const body = { code: code.trim(), player: { id: player } };
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
          {t('tryCode.hint')}
        </Text>
        <TextInput
          label={t('activations.code')}
          description={isMasked ? t('tryCode.masked', { code: shown }) : undefined}
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
            {t('tryCode.check')}
          </Button>
          <Button
            disabled={dryRun.data?.valid !== true}
            loading={use.isPending}
            onClick={() => use.mutate({ body })}
          >
            {t('tryCode.activate')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

const WOULD = {
  accepted: 'wouldPass',
  awaiting_deposit: 'wouldWait',
  in_review: 'wouldBeHeld',
  refused: 'wouldFail',
} as const;

function DryRun({ result: { valid, outcome, reasons, grants } }: { result: Answer<'validateCode'> }) {
  const { t } = useTranslation();
  if (!valid)
    return (
      <Alert color="red" title={t(`tryCode.${WOULD.refused}`)} role="status">
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
    <Alert color="green" title={t(`tryCode.${WOULD[outcome]}`)} role="status">
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
  const { t } = useTranslation();
  const id = error instanceof ProblemError ? error.problem.activationId : undefined;
  return (
    <>
      <ErrorBox error={error} />
      {typeof id === 'string' && <ActivationLink id={id}>{t('tryCode.explain')}</ActivationLink>}
    </>
  );
}
