import { Modal, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import { SOURCES, type Source } from './names.ts';

const NAMES: Readonly<Record<Source, RegExp>> = {
  client_action: /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/,
  event: /^custom\.[a-z0-9_][a-z0-9_.]{0,72}$/,
};
const EXAMPLES: Readonly<Record<Source, string>> = {
  client_action: 'WHEEL_SPUN',
  event: 'custom.bonus_shop',
};

interface Props {
  /** Keys that there are: to register one of them anew would take its fields. */
  readonly known: readonly string[];
  readonly onClose: () => void;
  readonly onDone: (key: string) => void;
}

/** Makes an event known before it was ever seen, so that journeys can wait for it. */
export function RegisterEvent({ known, onClose, onDone }: Props) {
  const { t } = useTranslation('properties');
  const form = useForm({
    initialValues: { source: 'client_action' as Source, name: '' },
    validate: {
      name: (name, { source }) => {
        if (!NAMES[source].test(name)) return t('event.nameWrong', { like: EXAMPLES[source] });
        return known.includes(`${source}:${name}`) ? t('event.known') : null;
      },
    },
  });
  const put = useAct('putEventProperties', ({ key }) => {
    tellDone(t('event.registered'));
    onDone(key);
  });
  const { source } = form.values;
  return (
    <Modal opened onClose={onClose} title={t('event.register')} centered>
      <form
        onSubmit={form.onSubmit(({ name }) =>
          put.mutate({ params: { eventKey: `${source}:${name}` }, body: { fields: [] } }),
        )}
      >
        <Stack>
          {put.error && <ErrorBox error={put.error} />}
          <SegmentedControl
            aria-label={t('event.source')}
            data={SOURCES.map((value) => ({ value, label: t(`sources.${value}`) }))}
            value={source}
            onChange={(value) => {
              const chosen = SOURCES.find((one) => one === value);
              if (chosen) form.setFieldValue('source', chosen);
            }}
          />
          <Text fz="sm" c="dimmed">
            {t(`sourceMeans.${source}`)}
          </Text>
          <TextInput
            label={t('event.name')}
            placeholder={EXAMPLES[source]}
            required
            maxLength={81}
            data-autofocus
            {...form.getInputProps('name')}
          />
          <FormEnd submit={t('event.submit')} isBusy={put.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
