import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Role } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults } from '../../../kit/index.ts';
import { ROLE_NAMES } from './roles.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onInvited: (invited: Answer<'inviteStaff'>) => void;
}

export function InviteForm({ opened, onClose, onInvited }: Props) {
  const { t } = useTranslation('staff');
  const form = useForm({ initialValues: { name: '', email: '', role: 'support' as Role } });
  const invite = useAct('inviteStaff', (invited) => {
    form.reset();
    onClose();
    onInvited(invited);
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('invite.title')} centered>
      <form
        onSubmit={form.onSubmit((body) =>
          invite.mutate({ body }, { onError: (error) => form.setErrors(fieldFaults(error)) }),
        )}
      >
        <Stack>
          {invite.error && <ErrorBox error={invite.error} />}
          <TextInput
            label={t('name')}
            required
            maxLength={128}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput label={t('email')} type="email" required {...form.getInputProps('email')} />
          <Select
            label={t('role')}
            description={t(`duties.${form.values.role}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={ROLE_NAMES.map((role) => ({ value: role, label: t(`roles.${role}`, { ns: 'common' }) }))}
            allowDeselect={false}
            {...form.getInputProps('role')}
          />
          <FormEnd submit={t('invite.submit')} isBusy={invite.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
