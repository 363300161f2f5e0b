import { Checkbox, Modal, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import type { Permission } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { ErrorBox, FormEnd, InstantInput, Loaded } from '../../../kit/index.ts';

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly onIssued: (secret: string) => void;
}

interface Values {
  name: string;
  kind: 'secret' | 'publishable';
  scopes: Permission[];
  expiresAt: string | null;
}

/** A new key: it can do no more than whoever makes it. */
export function KeyForm({ opened, onClose, onIssued }: Props) {
  const { t } = useTranslation('staff');
  const me = useRead('getMe', {});
  const form = useForm<Values>({
    initialValues: { name: '', kind: 'secret', scopes: [], expiresAt: null },
    validate: {
      scopes: (scopes, { kind }) => (kind === 'secret' && scopes.length === 0 ? t('keys.noScope') : null),
    },
  });
  const create = useAct('createKey', ({ secret }) => {
    form.reset();
    onClose();
    onIssued(secret);
  });
  const isSecret = form.values.kind === 'secret';
  return (
    <Modal opened={opened} onClose={onClose} title={t('keys.create')} size="lg" centered>
      <form
        onSubmit={form.onSubmit((values) =>
          create.mutate({ body: { ...values, scopes: isSecret ? values.scopes : [] } }),
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
          <Stack gap={4}>
            <SegmentedControl
              aria-label={t('keys.kind')}
              data={(['secret', 'publishable'] as const).map((kind) => ({
                value: kind,
                label: t(`keys.kinds.${kind}`),
              }))}
              {...form.getInputProps('kind')}
            />
            <Text fz="xs" c="dimmed">
              {t(`keys.kindHints.${form.values.kind}`)}
            </Text>
          </Stack>
          {isSecret && (
            <Loaded of={me}>
              {({ permissions }) => (
                <Checkbox.Group label={t('keys.scopes')} required {...form.getInputProps('scopes')}>
                  <SimpleGrid cols={{ base: 1, xs: 2 }} spacing={6} mt="xs">
                    {permissions.map((scope) => (
                      <Checkbox key={scope} value={scope} label={scope} size="xs" />
                    ))}
                  </SimpleGrid>
                </Checkbox.Group>
              )}
            </Loaded>
          )}
          <InstantInput
            label={t('keys.expires')}
            value={form.values.expiresAt}
            onChange={(at) => form.setFieldValue('expiresAt', at)}
          />
          <FormEnd submit={t('keys.create')} isBusy={create.isPending} onCancel={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
