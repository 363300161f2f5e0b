import { CloseButton, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../session/index.ts';
import { dateFormat } from '../../texts/index.ts';

interface Props extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'type'> {
  /** ISO 8601, UTC. */
  readonly value: string | null | undefined;
  readonly onChange: (at: string | null) => void;
}

/** What the browser's own picker takes: local, without a zone, to the minute. */
const localText = (at: string): string => {
  const date = new Date(at);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};

/** An instant, picked by the reader's own clock; what the brand's clock then shows is said when it differs. */
export function InstantInput({ value, onChange, description, ...input }: Props) {
  const { t } = useTranslation();
  const { brand } = useMember();
  const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const brandClock =
    value && here !== brand.timeZone
      ? t('instant.brandClock', {
          at: dateFormat({
            dateStyle: 'medium',
            timeStyle: 'short',
            timeZone: brand.timeZone,
          }).format(new Date(value)),
          zone: brand.timeZone,
        })
      : t('instant.zone', { zone: here });
  return (
    <TextInput
      type="datetime-local"
      description={
        <>
          {description} {brandClock}
        </>
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...input}
      value={value ? localText(value) : ''}
      rightSection={
        value && !input.required ? (
          <CloseButton size="sm" aria-label={t('instant.clear')} onClick={() => onChange(null)} />
        ) : undefined
      }
      onChange={(event) => {
        const at = new Date(event.currentTarget.value);
        onChange(Number.isNaN(at.getTime()) ? null : at.toISOString());
      }}
    />
  );
}
