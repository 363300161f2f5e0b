import { useTranslation } from 'react-i18next';
import { useCampaignForm } from './form.ts';

export interface FieldProps {
  readonly path: string;
  readonly required?: boolean;
}

const nameOf = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '');

/** A field of the form with its words; those of the terms, and a hint where there is one. */
export function useField(path: string) {
  const form = useCampaignForm();
  const { t } = useTranslation('terms');
  const { t: ours } = useTranslation('campaigns');
  const name = nameOf(path);
  const hint = ours(`hints.${name}`, { defaultValue: '' });
  return {
    form,
    t,
    name,
    label: t(`fields.${name}`),
    ...(hint === '' ? {} : { description: hint }),
    input: form.getInputProps(path),
    set: (value: unknown) => form.setFieldValue(path, value as never),
  };
}

export const told = ({ label, description }: { label: string; description?: string }) =>
  description === undefined ? { label } : { label, description };
