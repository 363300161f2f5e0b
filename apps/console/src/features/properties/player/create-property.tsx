import { Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults, tellDone } from '../../../kit/index.ts';
import { PLACEHOLDERS, PROPERTY_TYPES, type PropertyType, readExample } from '../values.ts';

/** A name and a type, for good, and words for people. */
export function CreateProperty({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('properties');
  const form = useForm({
    initialValues: { name: '', type: 'string' as PropertyType, label: '', example: '' },
    validate: {
      name: (name) => (/^[a-z][a-z0-9_]{0,62}$/.test(name) ? null : t('player.nameWrong')),
      example: (example, { type }) =>
        readExample(type, example) === undefined ? t('exampleWrong', { like: PLACEHOLDERS[type] }) : null,
    },
  });
  const create = useAct('createProperty', ({ label }) => {
    tellDone(t('player.done', { label }));
    onClose();
  });
  const { type } = form.values;
  return (
    <Modal opened onClose={onClose} title={t('player.create')} centered>
      <form
        onSubmit={form.onSubmit(({ example: typed, ...property }) => {
          const example = readExample(property.type, typed);
          if (example === undefined) return;
          create.mutate(
            { body: { ...property, example } },
            { onError: (error) => form.setErrors(fieldFaults(error)) },
          );
        })}
      >
        <Stack>
          {create.error && <ErrorBox error={create.error} />}
          <TextInput
            label={t('name')}
            description={t('player.nameHint')}
            placeholder="favourite_game"
            required
            maxLength={63}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <TextInput
            label={t('player.label')}
            description={t('player.labelHint')}
            required
            maxLength={128}
            {...form.getInputProps('label')}
          />
          <Select
            label={t('type')}
            description={t('player.typeHint')}
            data={PROPERTY_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
            allowDeselect={false}
            {...form.getInputProps('type')}
          />
          <TextInput
            label={t('example')}
            description={t(type === 'list' ? 'listHint' : 'exampleHint')}
            placeholder={PLACEHOLDERS[type]}
            required
            {...form.getInputProps('example')}
          />
          <FormEnd submit={t('create')} isBusy={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
