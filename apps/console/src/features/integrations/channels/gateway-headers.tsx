import { ActionIcon, Button, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { SecretInput } from '../../../kit/index.ts';
import type { GatewayValues } from './gateway-values.ts';

interface Props {
  readonly value: GatewayValues['headers'];
  /** Names of those that are stored; their values nobody sees. */
  readonly there: readonly string[];
  /** Of the form: `headers` as a whole, `headers.X-Api-Key` of one. */
  readonly errors: Readonly<Record<string, ReactNode>>;
  readonly onChange: (headers: GatewayValues['headers']) => void;
}

/** Headers that a gateway knows its customer by. They are all kept, or all replaced. */
export function GatewayHeaders({ value, there, errors, onChange }: Props) {
  const { t } = useTranslation('integrations');
  if (value === null)
    return (
      <Group gap="xs">
        <Text fz="sm">{t('sms.headersKept', { names: there.join(', ') || '—' })}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => onChange(there.map((name) => ({ name, value: '' })))}
        >
          {t('sms.replaceHeaders')}
        </Button>
        <Fault of={errors.headers} />
      </Group>
    );
  const set = (index: number, patch: Partial<{ name: string; value: string }>) =>
    onChange(value.map((header, at) => (at === index ? { ...header, ...patch } : header)));
  return (
    <Stack gap="xs" role="group" aria-label={t('sms.headers')}>
      <Text fz="sm" fw={500}>
        {t('sms.headers')}
      </Text>
      {value.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header is what stands in its line
        <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={t('sms.headerName', { number: index + 1 })}
            placeholder="X-Api-Key"
            required
            flex={1}
            value={header.name}
            error={errors[`headers.${header.name}`]}
            onChange={(event) => set(index, { name: event.currentTarget.value })}
          />
          <SecretInput
            aria-label={t('sms.headerValue', { number: index + 1 })}
            required
            flex={1}
            autoComplete="off"
            value={header.value}
            onChange={(event) => set(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('sms.removeHeader', { number: index + 1 })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      <Fault of={errors.headers} />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPlus size={14} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => onChange([...value, { name: '', value: '' }])}
      >
        {t('sms.addHeader')}
      </Button>
    </Stack>
  );
}

const Fault = ({ of }: { of: ReactNode }) => (of ? <Input.Error role="alert">{of}</Input.Error> : null);
