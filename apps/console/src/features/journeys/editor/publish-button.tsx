import { Alert, Button, Checkbox, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconRocket } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Problem } from '../graph/types.ts';

interface Props {
  readonly journey: Answer<'getJourney'>;
  readonly problems: readonly Problem[];
  readonly save: () => Promise<number | undefined>;
}

/** Makes the draft a version, says what that means for players, and may let them in at once. */
export function PublishButton({ journey, problems, save }: Props) {
  const { t } = useTranslation('journeys');
  const mayPublish = useMay('journeys:publish');
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const [note, setNote] = useState('');
  const [isStarting, setStarting] = useState(true);
  const publish = useAct('publishJourney');
  const activate = useAct('activateJourney');
  if (!mayPublish || journey.status === 'archived') return null;
  const isNew = journey.status === 'draft';
  const errors = problems.filter(({ severity }) => severity === 'error');
  const params = { journeyId: journey.id };

  const begin = async () => {
    if ((await save()) !== undefined) open();
  };
  const confirm = async () => {
    const revision = await save();
    if (revision === undefined) return close();
    const body = { revision, ...(note.trim() && { note: note.trim() }) };
    const published = await publish.mutateAsync({ params, body });
    if (isNew && isStarting) await activate.mutateAsync({ params });
    close();
    tellDone(t('publish.done', { version: published.version }));
    await navigate({ to: '/journeys/$journeyId', params });
  };
  const error = publish.error ?? activate.error;
  return (
    <>
      <Button leftSection={<IconRocket size={16} />} onClick={() => void begin()}>
        {t('publish.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('publish.title')} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            // What the server refused is shown below.
            confirm().catch(() => undefined);
          }}
        >
          <Stack>
            {errors.length > 0 && (
              <Alert color="red" title={t('publish.blocked', { count: errors.length })}>
                {errors.slice(0, 5).map((problem) => (
                  <Text key={JSON.stringify(problem)} fz="sm">
                    {problem.message}
                  </Text>
                ))}
              </Alert>
            )}
            <Text fz="sm">{t(`publish.means.${journey.status}`)}</Text>
            <Textarea
              label={t('publish.note')}
              description={t('publish.noteHint')}
              maxLength={1_000}
              autosize
              minRows={2}
              data-autofocus
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            {isNew && (
              <Checkbox
                label={t('publish.start')}
                description={t('publish.startHint')}
                checked={isStarting}
                onChange={(event) => setStarting(event.currentTarget.checked)}
              />
            )}
            {error && <ErrorBox error={error} />}
            <FormEnd
              submit={t(isNew && isStarting ? 'publish.confirmStart' : 'publish.confirm')}
              isBusy={publish.isPending || activate.isPending}
              onCancel={close}
              disabled={errors.length > 0}
            />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
