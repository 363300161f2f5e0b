import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable } from './values.tsx';

interface Props {
  /** Nothing is shown without one. */
  readonly secret: string | null | undefined;
  /** What it is for, and where it belongs. */
  readonly hint: string;
  readonly onClose: () => void;
}

/** A secret that is shown this once: it stays until somebody says that it is kept. */
export function SecretShown({ secret, hint, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={Boolean(secret)}
      onClose={onClose}
      title={t('secret.title')}
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
      centered
      size="lg"
    >
      <Stack>
        <Text fz="sm">{hint}</Text>
        {secret && <Copyable text={secret} />}
        <Alert color="yellow">{t('secret.once')}</Alert>
        <Group justify="flex-end">
          <Button onClick={onClose} data-autofocus>
            {t('secret.kept')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
