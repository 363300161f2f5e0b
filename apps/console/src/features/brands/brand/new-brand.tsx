import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { homeOf, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';

/** Another brand, whose owner one is as well. It shares nothing with this one but the server. */
export function NewBrand() {
  const { t } = useTranslation('brands');
  const { brand, currencies } = useMember();
  const [opened, { open, close }] = useDisclosure();
  const form = useForm({
    initialValues: { name: '', slug: '', timeZone: brand.timeZone, currency: brand.currency },
  });
  const create = useAct('createBrand', ({ slug }) => location.assign(homeOf(slug)));
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={16} />} onClick={open}>
        {t('another.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('another.title')} centered>
        <form
          onSubmit={form.onSubmit((body) =>
            create.mutate({ body }, { onError: (error) => form.setErrors(fieldFaults(error)) }),
          )}
        >
          <Stack>
            {create.error && <ErrorBox error={create.error} />}
            <TextInput
              label={t('name')}
              required
              maxLength={128}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <TextInput
              label={t('another.slug')}
              description={t('another.slugHint')}
              required
              maxLength={63}
              pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
              {...form.getInputProps('slug')}
            />
            <Select
              label={t('timeZone')}
              data={Intl.supportedValuesOf('timeZone')}
              searchable
              allowDeselect={false}
              {...form.getInputProps('timeZone')}
            />
            <Select
              label={t('currency')}
              data={[...currencies.keys()]}
              searchable
              allowDeselect={false}
              limit={50}
              {...form.getInputProps('currency')}
            />
            <FormEnd submit={t('create')} isBusy={create.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
