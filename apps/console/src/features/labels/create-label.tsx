import { Group, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api/index.ts';
import { ErrorBox, FormEnd, fieldFaults } from '../../kit/index.ts';
import { useMay } from '../../session/index.ts';
import { BatchPicker } from './editor/batch-picker.tsx';
import { type Definition, FIRST_SOURCE, KINDS, type Kind } from './kinds.ts';

interface Values {
  readonly name: string;
  readonly kind: Kind;
  readonly text: string;
  readonly batch: string;
}

/** A name and a kind; the rest is written on its page. */
export function CreateLabel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('labels');
  const navigate = useNavigate();
  const maySeeCodes = useMay('codes:read');
  const form = useForm<Values>({
    initialValues: { name: '', kind: 'text', text: '', batch: '' },
    validate: {
      name: (name) => (/^[a-z][a-z0-9_]{0,63}$/.test(name) ? null : t('create.nameWrong')),
      batch: (batch, { kind }) => (kind === 'code' && batch === '' ? t('create.batchNeeded') : null),
    },
  });
  const create = useAct('createLabel', ({ name }) => {
    onClose();
    void navigate({ to: '/labels/$labelName', params: { labelName: name } });
  });
  const { kind } = form.values;
  return (
    <Modal opened={opened} onClose={onClose} title={t('list.create')} centered size="lg">
      <form
        onSubmit={form.onSubmit((values) =>
          create.mutate(
            { body: { name: values.name, definition: definitionOf(values) } },
            { onError: (error) => form.setErrors(fieldFaults(error)) },
          ),
        )}
      >
        <Stack>
          {create.error && <ErrorBox error={create.error} />}
          <TextInput
            label={t('list.name')}
            description={t('create.nameHint')}
            placeholder="promo_code"
            required
            maxLength={64}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <Radio.Group
            label={t('list.kind')}
            value={kind}
            onChange={(value) => {
              const chosen = KINDS.find((one) => one === value);
              if (chosen) form.setFieldValue('kind', chosen);
            }}
          >
            <Stack gap={6} mt={4}>
              {KINDS.filter((one) => one !== 'code' || maySeeCodes).map((one) => (
                <Radio.Card key={one} value={one} p="sm" radius="md" aria-label={t(`kind.${one}`)}>
                  <Group wrap="nowrap" align="flex-start" gap="sm">
                    <Radio.Indicator mt={2} />
                    <div>
                      <Text fz="sm" fw={600}>
                        {t(`kind.${one}`)}
                      </Text>
                      <Text fz="xs" c="dimmed">
                        {t(`kindMeans.${one}`)}
                      </Text>
                    </div>
                  </Group>
                </Radio.Card>
              ))}
            </Stack>
          </Radio.Group>
          {kind === 'text' && (
            <TextInput
              label={t('editor.text')}
              description={t('create.textHint')}
              maxLength={1_000}
              {...form.getInputProps('text')}
            />
          )}
          {kind === 'code' && (
            <BatchPicker
              label={t('editor.batch')}
              value={form.values.batch}
              error={form.errors.batch}
              onChange={(batch) => form.setFieldValue('batch', batch)}
            />
          )}
          <FormEnd submit={t('create.submit')} isBusy={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

const definitionOf = ({ kind, text, batch }: Values): Definition => ({
  kind,
  conditions: [],
  default: { text, function: FIRST_SOURCE, code: batch }[kind],
});
