import { Alert, Button, JsonInput, Modal, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconFlask } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, PlayerPicker } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { useDefinition } from './use-definition.ts';

/** Sends one player through the latest version, for real, and shows what happens. */
export function TestRunButton({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const mayWrite = useMay('journeys:write');
  const mayPublish = useMay('journeys:publish');
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const definition = useDefinition(journey, journey.version);
  const givesBonus = Object.values(definition?.nodes ?? {}).some(({ kind }) => kind === 'give_bonus');
  const form = useForm({
    initialValues: { player: '', event: '' },
    validate: { event: (text) => (dataOf(text) === undefined ? t('test.noData') : null) },
  });
  const start = useAct('startTestRun', ({ id, journeyId }) => {
    close();
    void navigate({
      to: '/journeys/$journeyId/enrolments/$enrolmentId',
      params: { journeyId, enrolmentId: id },
    });
  });
  if (!mayWrite || (givesBonus && !mayPublish)) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconFlask size={16} />} onClick={open}>
        {t('test.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('test.title')} centered>
        <form
          onSubmit={form.onSubmit(({ player, event }) =>
            start.mutate(
              {
                params: { journeyId: journey.id },
                body: { player: player.trim(), event: dataOf(event) ?? null },
              },
              { onError: (error) => form.setErrors(fieldFaults(error)) },
            ),
          )}
        >
          <Stack>
            <Text fz="sm">{t('test.means')}</Text>
            {givesBonus && <Alert color="yellow">{t('test.realBonus')}</Alert>}
            {start.error && <ErrorBox error={start.error} />}
            <PlayerPicker
              label={t('players.player')}
              description={t('test.playerHint')}
              required
              data-autofocus
              value={form.values.player}
              error={form.errors.player}
              onChange={(player) => form.setFieldValue('player', player)}
            />
            <JsonInput
              label={t('test.event')}
              description={t('test.eventHint')}
              placeholder='{ "amount": 2500 }'
              autosize
              minRows={2}
              {...form.getInputProps('event')}
            />
            <FormEnd submit={t('test.start')} isBusy={start.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}

/** Data of an event as it was typed: null for none, undefined when it is no object. */
function dataOf(text: string): Record<string, unknown> | null | undefined {
  if (text.trim() === '') return null;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
