import { Alert, Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasKey, useAct } from '../../../../api/index.ts';
import { ErrorBox, fieldFaults, tellDone } from '../../../../kit/index.ts';
import { useMember } from '../../../../session/index.ts';
import type { CaseDetail } from '../../kinds.ts';
import { takeable } from '../../reading.ts';
import { TakeBack } from './take-back.tsx';

const DECISIONS = ['release', 'decline', 'block'] as const;
type Verdict = (typeof DECISIONS)[number];

interface Values {
  decision: Verdict | '';
  reason: string;
  playerMessage: string;
  takeBack: string[];
}

const LONGEST = 500;

interface Props {
  readonly of: CaseDetail;
  /** Reads the case again. */
  readonly again: () => void;
  /** What is typed and not sent: nothing once it was. */
  readonly onDraft: (reason: string) => void;
}

/** Decides a case. What was typed stays when somebody else was faster. */
export function DecisionForm({ of: found, again, onDraft }: Props) {
  const { t } = useTranslation('cases');
  const { session } = useMember();
  const [isLate, setLate] = useState(false);
  const form = useForm<Values>({
    initialValues: { decision: '', reason: '', playerMessage: '', takeBack: [] },
    onValuesChange: ({ reason }) => onDraft(reason),
    validate: {
      decision: (value) => (value === '' ? t('decide.pick') : null),
      reason: (value) => (value.trim() === '' ? t('decide.reasonMissing') : null),
    },
  });
  const decide = useAct('decideCase', (answer) => {
    onDraft('');
    tellDone('revision' in answer ? t('decide.done') : t('decide.asked'));
  });
  const { decision, takeBack } = form.values;
  const attempts = takeable(found.timeline?.attempts ?? []);
  const mayTakeBack = decision !== '' && decision !== 'release' && attempts.length > 0;
  const submit = form.onSubmit(async (values) => {
    if (values.decision === '') return;
    const message = values.playerMessage.trim();
    try {
      await decide.mutateAsync({
        params: { caseId: found.id },
        body: {
          decision: values.decision,
          reason: values.reason.trim(),
          ...(message === '' || found.player === null ? {} : { playerMessage: message }),
          takeBack: mayTakeBack ? values.takeBack : [],
          revision: found.revision,
        },
      });
    } catch (refusal) {
      if (refusal instanceof Error) form.setErrors(fieldFaults(refusal));
      if (hasKey(refusal, 'revision_conflict') || hasKey(refusal, 'conflict')) {
        setLate(true);
        again();
      }
    }
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {found.assignee !== null && found.assignee.id !== session.staffId && (
          <Alert color="yellow">{t('decide.othersCase', { name: found.assignee.name ?? '' })}</Alert>
        )}
        <Radio.Group {...form.getInputProps('decision')} label={t('decide.which')} required>
          <Stack gap="xs" mt={4}>
            {DECISIONS.filter((one) => one !== 'block' || found.player !== null || found.codeId !== null).map(
              (one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`decide.${one}.label`)}
                  description={t(`decide.${one}.${found.player === null ? 'code' : found.kind}`, {
                    defaultValue: t(`decide.${one}.player`),
                  })}
                />
              ),
            )}
          </Stack>
        </Radio.Group>
        {mayTakeBack && <TakeBack attempts={attempts} {...form.getInputProps('takeBack')} />}
        <Textarea
          label={t('reason')}
          description={t('reasonHint')}
          required
          autosize
          minRows={2}
          maxLength={LONGEST}
          {...form.getInputProps('reason')}
        />
        {found.player !== null && (
          <Textarea
            label={t('decide.message')}
            description={t('decide.messageHint')}
            autosize
            minRows={1}
            maxLength={LONGEST}
            {...form.getInputProps('playerMessage')}
          />
        )}
        {isLate && (
          <Alert color="yellow" title={t('decide.lateTitle')} role="alert">
            {t('decide.late')}
          </Alert>
        )}
        {decide.error && !isLate && <ErrorBox error={decide.error} />}
        <Group justify="flex-end" gap="xs">
          {mayTakeBack && takeBack.length > 0 && (
            <Text fz="xs" c="dimmed" flex={1}>
              {t('decide.second')}
            </Text>
          )}
          <Button
            type="submit"
            color={decision === 'decline' || decision === 'block' ? 'red' : undefined}
            loading={decide.isPending}
          >
            {t(mayTakeBack && takeBack.length > 0 ? 'decide.ask' : 'decide.submit')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
