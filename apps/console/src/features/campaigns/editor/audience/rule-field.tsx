import { Group, SegmentedControl, Stack, Text, Textarea } from '@mantine/core';
import { compileRule } from '@promosmith/core/rules';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Skeletons } from '../../../../kit/index.ts';
import { useSay } from '../../../../texts/index.ts';
import { useCampaignForm } from '../form.ts';
import { type Group as Query, readRule, writeRule } from './rule-query.ts';
import { useCatalogue } from './use-catalogue.ts';

const RuleBuilder = lazy(async () => ({ default: (await import('./rule-builder.tsx')).RuleBuilder }));

const NOTHING: Query = { combinator: 'and', rules: [] };

interface Props {
  readonly value: string | null;
  readonly onChange: (rule: string | null) => void;
}

/** The audience rule, as conditions or as its text: both are the same rule, as far as conditions can say it. */
export function RuleField({ value, onChange }: Props) {
  const { t } = useTranslation('campaigns');
  const say = useSay();
  const catalogue = useCatalogue();
  const form = useCampaignForm();
  const compiled = useMemo(() => (value === null ? null : compileRule(value, catalogue)), [value, catalogue]);
  const read = compiled === null ? NOTHING : compiled.ok ? readRule(compiled.rule) : undefined;
  const [asked, setAsked] = useState<'conditions' | 'text'>('conditions');
  // Half-filled conditions are no rule yet: they stay here until they are.
  const [query, setQuery] = useState<{ of: string | null; query: Query }>();
  const mode = read ? asked : 'text';
  const shown = query?.of === value ? query.query : (read ?? NOTHING);
  const fault = compiled?.ok === false ? compiled.errors[0] : undefined;
  return (
    <Stack gap="xs">
      <Group justify="space-between" align="flex-end">
        <div>
          <Text fz="sm" fw={600}>
            {t('rule.title')}
          </Text>
          <Text fz="xs" c="dimmed">
            {t('rule.hint')}
          </Text>
        </div>
        <SegmentedControl
          size="xs"
          aria-label={t('rule.form')}
          data={[
            { value: 'conditions', label: t('rule.conditions'), disabled: !read },
            { value: 'text', label: t('rule.text') },
          ]}
          value={mode}
          onChange={(chosen) => setAsked(chosen === 'text' ? 'text' : 'conditions')}
        />
      </Group>
      {mode === 'conditions' ? (
        <Suspense fallback={<Skeletons rows={3} />}>
          <RuleBuilder
            query={shown}
            catalogue={catalogue}
            onChange={(next) => {
              const of = writeRule(next, catalogue.byName);
              setQuery({ of, query: next });
              if (of !== value) onChange(of);
            }}
          />
          {value !== null && (
            <Text fz="xs" c="dimmed" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {value}
            </Text>
          )}
        </Suspense>
      ) : (
        <Textarea
          aria-label={t('rule.text')}
          description={t(read ? 'rule.textHint' : fault ? 'rule.textHint' : 'rule.onlyText')}
          inputWrapperOrder={['input', 'description', 'error']}
          autosize
          minRows={3}
          maxLength={4000}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={value ?? ''}
          error={
            fault
              ? `${t('rule.at', { line: fault.line, column: fault.column })}: ${say(fault.message)}${fault.hint ? ` ${say(fault.hint)}` : ''}`
              : form.errors['audience.rule']
          }
          onChange={(event) =>
            onChange(event.currentTarget.value.trim() === '' ? null : event.currentTarget.value)
          }
        />
      )}
    </Stack>
  );
}
