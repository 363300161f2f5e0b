import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

/** Takes a seat for a ticket by hand, as the platform does when its player enters. */
export function UseButton({ of: ticket }: { of: RowOf<'listTickets'> }) {
  const { t } = useTranslation('tournaments');
  const [opened, { open, close }] = useDisclosure();
  const may = useMay('tickets:use');
  if (!may || ticket.status !== 'issued') return null;
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={open}>
        {t('ticket.take')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('ticket.take')} centered>
        <UseForm of={ticket} onDone={close} />
      </Modal>
    </>
  );
}

function UseForm({
  of: { id, player, tournament },
  onDone,
}: {
  of: RowOf<'listTickets'>;
  onDone: () => void;
}) {
  const { t } = useTranslation('tournaments');
  const form = useForm({ initialValues: { reference: '' } });
  const use = useAct('useTicket', () => {
    tellDone(t('ticket.taken'));
    onDone();
  });
  return (
    <form
      onSubmit={form.onSubmit((body) =>
        use.mutate(
          { params: { ticketId: id }, body },
          { onError: (error) => form.setErrors(fieldFaults(error)) },
        ),
      )}
    >
      <Stack gap="sm">
        <Text fz="sm">{t('ticket.takeHint', { player, key: tournament })}</Text>
        <TextInput
          label={t('ticket.reference')}
          description={t('ticket.referenceHint')}
          required
          maxLength={128}
          data-autofocus
          {...form.getInputProps('reference')}
        />
        {use.error && <ErrorBox error={use.error} />}
        <FormEnd submit={t('ticket.take')} isBusy={use.isPending} onCancel={onDone} />
      </Stack>
    </form>
  );
}
