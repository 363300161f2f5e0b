import { Button, type ButtonProps, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface Props extends Pick<ButtonProps, 'color' | 'disabled'> {
  /** What submitting does, in a word or two. */
  readonly submit: string;
  readonly isBusy?: boolean;
  readonly onCancel: () => void;
}

/** The end of a form in a dialog: the way back, and the act. */
export function FormEnd({ submit, isBusy = false, onCancel, ...button }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="flex-end" gap="xs">
      <Button variant="default" onClick={onCancel}>
        {t('cancel')}
      </Button>
      <Button {...button} type="submit" loading={isBusy}>
        {submit}
      </Button>
    </Group>
  );
}
