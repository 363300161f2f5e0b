import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../../../kit/index.ts';
import { RuleField } from '../../../kit/inserts/index.ts';
import type { Definition } from '../kinds.ts';
import { addCondition, changeCondition, moveCondition, removeCondition } from './conditions.ts';
import { ValueField } from './value-field.tsx';

interface Props {
  /** Of the label tag. */
  readonly name: string;
  readonly definition: Definition;
  /** What the server said of each part, such as `conditions.0.rule`. */
  readonly faults: Readonly<Record<string, string>>;
  readonly mayEdit: boolean;
  /** @param about names what changes: typing into a field is undone in one step. */
  readonly onChange: (definition: Definition, about?: string) => void;
}

const MOST = 50;

/** The values of a label tag: under conditions in their order, and when none passes. */
export function DefinitionEditor({ name, definition, faults, mayEdit, onChange }: Props) {
  const { t } = useTranslation('labels');
  const { kind, conditions } = definition;
  return (
    <Stack gap="md">
      <Panel title={t('editor.conditions')} hint={t('editor.conditionsHint')}>
        <Stack gap="sm">
          {conditions.map(({ rule, value }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: conditions are known by their places
            <Paper key={at} withBorder p="sm" radius="md">
              <Group justify="space-between" mb={6} wrap="nowrap">
                <Text fz="xs" fw={600} c="dimmed">
                  {t(at === 0 ? 'editor.first' : 'editor.otherwise', { place: at + 1 })}
                </Text>
                {mayEdit && (
                  <Order
                    at={at}
                    of={conditions.length}
                    onMove={(to) => onChange(moveCondition(definition, at, to))}
                    onRemove={() => onChange(removeCondition(definition, at))}
                  />
                )}
              </Group>
              <Stack gap="sm">
                {mayEdit ? (
                  <RuleField
                    label={t('editor.rule')}
                    value={rule}
                    required
                    error={faults[`conditions.${at}.rule`]}
                    onChange={(text) =>
                      onChange(changeCondition(definition, at, { rule: text }), `${at}.rule`)
                    }
                  />
                ) : (
                  <Text fz="sm" ff="monospace">
                    {rule}
                  </Text>
                )}
                <ValueField
                  kind={kind}
                  name={name}
                  label={t('editor.then')}
                  value={value}
                  error={faults[`conditions.${at}.value`]}
                  disabled={!mayEdit}
                  onChange={(next) =>
                    onChange(changeCondition(definition, at, { value: next }), `${at}.value`)
                  }
                />
              </Stack>
            </Paper>
          ))}
          {conditions.length === 0 && (
            <Text fz="sm" c="dimmed">
              {t('editor.noConditions')}
            </Text>
          )}
          {mayEdit && conditions.length < MOST && (
            <Button
              variant="default"
              leftSection={<IconPlus size={15} />}
              style={{ alignSelf: 'flex-start' }}
              onClick={() => onChange(addCondition(definition))}
            >
              {t('editor.addCondition')}
            </Button>
          )}
        </Stack>
      </Panel>
      <Panel title={t(conditions.length === 0 ? 'editor.value' : 'editor.default')}>
        <ValueField
          kind={kind}
          name={name}
          label={t(`editor.${VALUE_OF[kind]}`)}
          value={definition.default}
          error={faults.default}
          disabled={!mayEdit}
          onChange={(value) => onChange({ ...definition, default: value }, 'default')}
        />
      </Panel>
    </Stack>
  );
}

const VALUE_OF = { text: 'text', function: 'source', code: 'batch' } as const;

interface OrderProps {
  readonly at: number;
  readonly of: number;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

function Order({ at, of, onMove, onRemove }: OrderProps) {
  const { t } = useTranslation('labels');
  const place = { place: at + 1 };
  const button = { variant: 'subtle', color: 'gray', size: 'sm' } as const;
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        {...button}
        disabled={at === 0}
        aria-label={t('editor.up', place)}
        onClick={() => onMove(at - 1)}
      >
        <IconArrowUp size={14} />
      </ActionIcon>
      <ActionIcon
        {...button}
        disabled={at === of - 1}
        aria-label={t('editor.down', place)}
        onClick={() => onMove(at + 1)}
      >
        <IconArrowDown size={14} />
      </ActionIcon>
      <ActionIcon {...button} aria-label={t('editor.removeCondition', place)} onClick={onRemove}>
        <IconTrash size={14} />
      </ActionIcon>
    </Group>
  );
}
