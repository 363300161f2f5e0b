import {
  ActionIcon,
  Anchor,
  Button,
  Group,
  NumberInput,
  Select,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { TextWithInsert } from '../../../../kit/inserts/index.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { asTemplate, useTemplateValues } from '../fields/template-values.ts';
import type { FormProps } from './form-props.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
type Header = NodeOf<'webhook'>['headers'][number];

/** A request to somebody's API: its URL, headers and body are templates, in which secrets may stand. */
export function WebhookForm({ id, node, onChange }: FormProps<NodeOf<'webhook'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const groups = useTemplateValues({ secrets: true });
  const insert = { groups, insertLabel: t('fields.insertValue'), written: asTemplate };
  return (
    <Stack gap="sm">
      <Select
        label={t('webhook.method')}
        data={METHODS}
        value={node.method}
        allowDeselect={false}
        onChange={(method) => onChange({ ...node, method: METHODS.find((one) => one === method) ?? 'POST' })}
      />
      <TextWithInsert
        {...insert}
        label={t('webhook.url')}
        placeholder="https://api.example.com/codes"
        value={node.url}
        error={faultOf('url')}
        required
        onChange={(url) => onChange({ ...node, url }, 'url')}
      />
      <Headers
        id={id}
        headers={node.headers}
        onChange={(headers, about) => onChange({ ...node, headers }, about)}
      />
      {node.method !== 'GET' && (
        <TextWithInsert
          {...insert}
          label={t('webhook.body')}
          description={t('webhook.bodyHint')}
          placeholder={'{ "code": "{{event.code}}" }'}
          rows={4}
          value={node.body ?? ''}
          error={faultOf('body')}
          onChange={(body) => onChange({ ...node, body: body === '' ? null : body }, 'body')}
        />
      )}
      <NumberInput
        label={t('webhook.timeout')}
        suffix={` ${t('webhook.seconds')}`}
        min={0.1}
        max={30}
        step={1}
        value={node.timeoutMs / 1_000}
        error={faultOf('timeoutMs')}
        onChange={(seconds) =>
          typeof seconds === 'number' &&
          onChange({ ...node, timeoutMs: Math.round(seconds * 1_000) }, 'timeoutMs')
        }
      />
      <Text fz="xs" c="dimmed">
        {t('webhook.hint')}{' '}
        <Anchor component={Link} to="/integrations" target="_blank" inherit c="inherit" underline="always">
          {t('rooms.integrations')}
        </Anchor>
      </Text>
    </Stack>
  );
}

interface HeadersProps {
  readonly id: string;
  readonly headers: readonly Header[];
  readonly onChange: (headers: Header[], about?: string) => void;
}

function Headers({ id, headers, onChange }: HeadersProps) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const groups = useTemplateValues({ secrets: true });
  const mono = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } };
  return (
    <Stack gap={6} component="section" aria-label={t('webhook.headers')}>
      <Text fz="sm" fw={500}>
        {t('webhook.headers')}
      </Text>
      {headers.map((header, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: headers have nothing else to be known by
        <Group key={index} gap={6} wrap="nowrap" align="flex-start">
          <TextInput
            aria-label={t('webhook.headerName', { n: index + 1 })}
            styles={mono}
            w={112}
            value={header.name}
            error={faultOf(`headers.${index}`)}
            onChange={(event) =>
              onChange(
                headers.with(index, { ...header, name: event.currentTarget.value }),
                `headers.${index}.name`,
              )
            }
          />
          <TextInput
            aria-label={t('webhook.headerValue', { n: index + 1 })}
            styles={mono}
            flex={1}
            value={header.value}
            onChange={(event) =>
              onChange(
                headers.with(index, { ...header, value: event.currentTarget.value }),
                `headers.${index}.value`,
              )
            }
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mt={4}
            aria-label={t('webhook.removeHeader', { name: header.name || index + 1 })}
            onClick={() => onChange(headers.toSpliced(index, 1))}
          >
            <IconTrash size={15} />
          </ActionIcon>
        </Group>
      ))}
      <Group gap="xs">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...headers, { name: '', value: '' }])}
        >
          {t('webhook.addHeader')}
        </Button>
        {(groups.find(({ name }) => name === t('fields.secrets'))?.items ?? []).map(({ name }) => (
          <Button
            key={name}
            size="compact-sm"
            variant="subtle"
            onClick={() =>
              onChange([...headers, { name: 'authorization', value: `Bearer ${asTemplate(name)}` }])
            }
          >
            {t('webhook.withSecret', { secret: name.slice('secret.'.length) })}
          </Button>
        ))}
      </Group>
    </Stack>
  );
}
