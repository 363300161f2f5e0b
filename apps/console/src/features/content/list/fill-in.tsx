import { Modal, Select, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults } from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Template } from './template.ts';

/** A name, and what the template has to be told: then it is a piece of content to edit. */
export function FillIn({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t } = useTranslation('content');
  const say = useSay();
  const navigate = useNavigate();
  const variables = useRead('getContentVariables', {});
  const form = useForm({
    initialValues: {
      name: say(template.name),
      parameters: Object.fromEntries(template.parameters.map((one) => [one.name, one.default])),
    },
  });
  const create = useAct('createContent', ({ id }) => {
    void navigate({ to: '/content/$contentId', params: { contentId: id } });
  });
  const labels = variables.data?.labels ?? [];
  return (
    <Modal opened onClose={onClose} title={say(template.name)} centered>
      <form
        onSubmit={form.onSubmit(({ name, parameters }) =>
          create.mutate(
            { body: { from: 'template', name, template: template.id, parameters } },
            { onError: (error) => form.setErrors(fieldFaults(error)) },
          ),
        )}
      >
        <Stack>
          <Text fz="sm">{say(template.description)}</Text>
          {create.error && <ErrorBox error={create.error} />}
          <TextInput
            label={t('new.name')}
            description={t('new.nameHint')}
            required
            maxLength={200}
            data-autofocus
            {...form.getInputProps('name')}
          />
          {template.parameters.map(({ name, kind, title }) => {
            const input = { label: say(title), required: true, ...form.getInputProps(`parameters.${name}`) };
            const current = form.values.parameters[name] ?? '';
            return kind === 'label' ? (
              <Select
                key={name}
                {...input}
                description={t('new.labelHint')}
                data={[...new Set([...labels, ...(current === '' ? [] : [current])])].map((label) => ({
                  value: label,
                  label: labels.includes(label) ? label : t('new.labelToMake', { label }),
                }))}
                searchable
              />
            ) : (
              <TextInput
                key={name}
                {...input}
                description={t(kind === 'url' ? 'new.urlHint' : 'new.actionHint')}
              />
            );
          })}
          <FormEnd submit={t('new.create')} isBusy={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
