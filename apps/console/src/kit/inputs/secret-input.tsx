import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A secret that is entered. What is wrong with it is told of the field itself, which Mantine leaves to its frame. */
export function SecretInput({ error, ...input }: PasswordInputProps) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      autoComplete="off"
      visibilityToggleButtonProps={{ 'aria-label': t('secret.look') }}
      {...input}
      error={error}
      aria-invalid={error ? true : undefined}
    />
  );
}
