import { Button, type ButtonProps, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from './feedback.tsx';

interface Question {
  /** What the button says that does it. */
  readonly label: string;
  readonly title: string;
  /** What will happen, and to whom. */
  readonly consequence: ReactNode;
  /** Asks for a reason, which is kept with what was done. */
  readonly reason?: 'required' | 'optional';
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

interface ModalProps extends Question {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** Of the button: red unless it harms nobody. */
  readonly color?: ButtonProps['color'];
}

/** For what hurts and can't be undone: says what will happen, and asks. */
export function ConfirmModal({ opened, onClose, title, color, ...question }: ModalProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} centered>
      <Asked {...question} color={color} onClose={onClose} />
    </Modal>
  );
}

function Asked({
  label,
  consequence,
  reason,
  color,
  onConfirm,
  onClose,
}: Omit<Question, 'title'> & Pick<ModalProps, 'color' | 'onClose'>) {
  const { t } = useTranslation();
  const [why, setWhy] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm(why.trim());
      onClose();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        // A form around it, of which it is no part on the page, hears of it too.
        event.stopPropagation();
        void confirm();
      }}
    >
      <Stack>
        <Text fz="sm" component="div">
          {consequence}
        </Text>
        {reason && (
          <Textarea
            label={t('reason')}
            description={t('reasonHint')}
            required={reason === 'required'}
            maxLength={500}
            autosize
            minRows={2}
            data-autofocus
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        )}
        {error && <ErrorBox error={error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" color={color ?? 'red'} loading={isBusy}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** A button that asks before it does anything. */
export function ConfirmButton({
  label,
  title,
  consequence,
  reason,
  onConfirm,
  ...button
}: Question & ButtonProps) {
  const [opened, { open, close }] = useDisclosure();
  const question = { label, title, consequence, onConfirm, ...(reason ? { reason } : {}) };
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <ConfirmModal {...question} opened={opened} onClose={close} color={button.color} />
    </>
  );
}
