import { Button, type ButtonProps, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorBox } from './feedback.tsx';

interface Props extends ButtonProps {
  /** What the button says, and the question's button as well. */
  readonly label: string;
  readonly title: string;
  /** What will happen, and to whom. */
  readonly consequence: ReactNode;
  /** Asks for a reason, which is kept with what was done. */
  readonly reason?: 'required' | 'optional';
  readonly onConfirm: (reason: string) => Promise<unknown>;
}

/** For what hurts and can't be undone: says what will happen, and asks. */
export function ConfirmButton({ label, title, consequence, reason, onConfirm, ...button }: Props) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const [why, setWhy] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm(why.trim());
      setWhy('');
      close();
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={title} centered>
        <form
          onSubmit={(event) => {
            event.preventDefault();
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
              <Button variant="default" onClick={close}>
                {t('back')}
              </Button>
              <Button type="submit" color={button.color ?? 'red'} loading={isBusy}>
                {label}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
