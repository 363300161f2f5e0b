import { Button, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd } from '../../../kit/index.ts';

interface Props {
  readonly journey: Answer<'getJourney'>;
  /** The version it begins with; the draft when left out. */
  readonly version?: number;
  readonly size?: 'compact-sm';
}

/** Begins another journey with the graph of this one. */
export function DuplicateButton({ journey, version, size }: Props) {
  const { t } = useTranslation('journeys');
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure();
  const form = useForm({ initialValues: { name: t('duplicate.name', { name: journey.name }) } });
  const duplicate = useAct('duplicateJourney', ({ id }) => {
    close();
    void navigate({ to: '/journeys/$journeyId/edit', params: { journeyId: id } });
  });
  return (
    <>
      <Button variant={size ? 'subtle' : 'default'} {...(size && { size })} onClick={open}>
        {t('duplicate.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('duplicate.title')} centered>
        <form
          onSubmit={form.onSubmit(({ name }) =>
            duplicate.mutate({
              params: { journeyId: journey.id },
              body: { name, ...(version !== undefined && { version }) },
            }),
          )}
        >
          <Stack>
            {duplicate.error && <ErrorBox error={duplicate.error} />}
            <TextInput
              label={t('list.name')}
              required
              maxLength={200}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <FormEnd submit={t('duplicate.label')} isBusy={duplicate.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
