import type { UseFormReturnType } from '@mantine/form';
import type { CampaignInput, FieldProblem } from '@promosmith/contract';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type Step, stepOf } from './draft/steps.ts';
import type { Verdict } from './verdict.ts';

const valueAt = (values: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      values,
    );

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0);

/** Shows what is wrong beside its fields, once somebody has been through the step: nobody is told off beforehand. */
export function useFormFaults(
  form: UseFormReturnType<CampaignInput>,
  { faults, notReady }: Verdict,
  seen: ReadonlySet<Step>,
): void {
  const { t } = useTranslation('campaigns');
  const { values, setErrors } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed is judged a moment later
  useEffect(() => {
    const text = ({ field, reason, fix }: FieldProblem): string => {
      if (isEmpty(valueAt(values, field)) && !field.startsWith('limits')) return t('editor.needed');
      return fix === undefined ? reason : `${reason} — ${fix}`;
    };
    const shown = [...faults, ...notReady].filter(({ field }) => seen.has(stepOf(field)));
    setErrors(Object.fromEntries(shown.map((fault) => [fault.field, text(fault)])));
  }, [faults, notReady, seen, t]);
}
