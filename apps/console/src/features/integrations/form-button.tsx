import { Button, type ButtonProps, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd as End } from '../../kit/index.ts';

interface Props extends Omit<ButtonProps, 'children'> {
  readonly label: string;
  /** Of the form; the button's own words when left out. */
  readonly title?: string;
  /** The form, given what closes it. */
  readonly children: (close: () => void) => ReactNode;
}

/** A button that opens a form over the page. */
export function FormButton({ label, title = label, children, ...button }: Props) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button {...button} onClick={open}>
        {label}
      </Button>
      <Modal opened={opened} onClose={close} title={title} size="lg" centered>
        {children(close)}
      </Modal>
    </>
  );
}

/** The end of such a form. */
export function FormEnd(props: { isBusy: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  return <End submit={t('save')} {...props} />;
}
