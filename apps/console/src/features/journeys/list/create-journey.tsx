import { Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults } from '../../../kit/index.ts';
import type { Product } from '../graph/types.ts';
import { ProductSelect } from '../inspector/product-select.tsx';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** A name is all that a draft needs; then it is drawn. */
export function CreateJourney({ opened, onClose }: Props) {
  const { t } = useTranslation('journeys');
  const navigate = useNavigate();
  const form = useForm({ initialValues: { name: '', product: 'casino' as Product } });
  const create = useAct('createJourney', ({ id }) => {
    void navigate({ to: '/journeys/$journeyId/edit', params: { journeyId: id } });
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('list.create')} centered>
      <form
        onSubmit={form.onSubmit((body) =>
          create.mutate({ body }, { onError: (error) => form.setErrors(fieldFaults(error)) }),
        )}
      >
        <Stack>
          {create.error && <ErrorBox error={create.error} />}
          <TextInput
            label={t('list.name')}
            placeholder={t('list.nameExample')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <ProductSelect
            value={form.values.product}
            onChange={(product) => form.setFieldValue('product', product)}
          />
          <FormEnd submit={t('list.draw')} isBusy={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
