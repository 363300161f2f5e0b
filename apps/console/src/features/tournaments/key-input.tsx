import { TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** What rewards name a tournament or draw by. */
export function KeyInput(input: TextInputProps) {
  const { t } = useTranslation('tournaments');
  return (
    <TextInput
      label={t('key')}
      required
      autoCapitalize="none"
      spellCheck={false}
      pattern="[a-z0-9][a-z0-9._\-]{0,127}"
      placeholder="slot-race"
      {...input}
    />
  );
}
