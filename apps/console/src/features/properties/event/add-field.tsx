import { Button, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import { FIELD_TYPES, type FieldType, PLACEHOLDERS, readExample } from '../values.ts';
import type { EventKind } from './names.ts';

/** One more field that events of a kind carry, with a type that stays whatever is seen. */
export function AddField({ event }: { event: EventKind }) {
  const { t } = useTranslation('properties');
  const [opened, { open, close }] = useDisclosure();
  const form = useForm({
    initialValues: { name: '', type: 'string' as FieldType, label: '', example: '' },
    validate: {
      name: (name) => {
        if (!/^[A-Za-z_][A-Za-z0-9_.]*$/.test(name)) return t('event.fieldWrong');
        return event.fields.some((field) => field.name === name) ? t('event.fieldKnown') : null;
      },
      example: (example, { type }) =>
        example.trim() !== '' && readExample(type, example) === undefined
          ? t('exampleWrong', { like: PLACEHOLDERS[type] })
          : null,
    },
  });
  const put = useAct('putEventProperties', () => {
    tellDone(t('event.fieldAdded'));
    form.reset();
    close();
  });
  const { type } = form.values;
  return (
    <>
      <Button variant="default" leftSection={<IconPlus size={15} />} onClick={open}>
        {t('event.addField')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('event.addField')} centered>
        <form
          onSubmit={form.onSubmit(({ name, label, example: typed }) => {
            const example = readExample(type, typed);
            const field = {
              ...{ name, type },
              ...(label.trim() === '' ? {} : { label: label.trim() }),
              ...(example === undefined ? {} : { example }),
            };
            put.mutate({
              params: { eventKey: event.key },
              body: { fields: [...givenBefore(event), field] },
            });
          })}
        >
          <Stack>
            {put.error && <ErrorBox error={put.error} />}
            <TextInput
              label={t('name')}
              description={t('event.fieldHint')}
              placeholder="amount"
              required
              maxLength={200}
              data-autofocus
              {...form.getInputProps('name')}
            />
            <Select
              label={t('type')}
              data={FIELD_TYPES.map((value) => ({ value, label: t(`types.${value}`) }))}
              allowDeselect={false}
              {...form.getInputProps('type')}
            />
            <TextInput
              label={t('player.label')}
              description={t('player.labelHint')}
              maxLength={128}
              {...form.getInputProps('label')}
            />
            <TextInput
              label={t('example')}
              description={t(type.startsWith('list') ? 'listHint' : 'exampleHint')}
              placeholder={PLACEHOLDERS[type]}
              {...form.getInputProps('example')}
            />
            <FormEnd submit={t('add')} isBusy={put.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}

/** Fields that were given by hand: what is not given again goes. */
const givenBefore = ({ fields }: EventKind) =>
  fields.flatMap(({ name, type, label, example, origin }) =>
    origin !== 'manual' || type === 'mixed' ? [] : [{ name, type, label, example }],
  );
