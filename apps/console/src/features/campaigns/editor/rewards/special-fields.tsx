import { JsonInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import type { Reward } from '@promosmith/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import { useSay } from '../../../../texts/index.ts';
import { Advanced } from '../advanced.tsx';
import { ChoiceField, DurationField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';
import { fieldsOf, type PayloadField } from './payload-schema.ts';
import { PRODUCTS } from './products.ts';

type Special = Extract<Reward, { kind: 'special' }>;

/** What a named handler delivers, with the payload its own schema asks for. */
export function SpecialFields({ path, reward }: { path: string; reward: Special }) {
  const { t: words } = useTranslation('terms');
  const { t } = useTranslation('campaigns');
  const say = useSay();
  const form = useCampaignForm();
  const handlers = useRead('listSpecialHandlers', {});
  const chosen = handlers.data?.items.find(({ name }) => name === reward.handler);
  const fields = chosen ? fieldsOf(chosen.payload) : [];
  return (
    <Stack>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={words('fields.rewards.handler')}
          description={chosen && say(chosen.description)}
          withAsterisk
          allowDeselect={false}
          data={
            handlers.data?.items.map(({ name }) => ({ value: name, label: name.replaceAll('_', ' ') })) ?? []
          }
          error={form.errors[`${path}.handler`]}
          value={reward.handler || null}
          onChange={(handler) => {
            form.setFieldValue(`${path}.handler`, handler as never);
            form.setFieldValue(`${path}.payload`, {} as never);
          }}
        />
        {fields.map((field) => (
          <Payload key={field.name} path={`${path}.payload.${field.name}`} field={field} />
        ))}
      </SimpleGrid>
      {form.errors[`${path}.payload`] && (
        <Text fz="xs" c="red">
          {form.errors[`${path}.payload`]}
        </Text>
      )}
      <Advanced label={t('rewards.more')} isUsed={reward.expiresAfterSeconds !== undefined}>
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <DurationField path={`${path}.expiresAfterSeconds`} />
          <ChoiceField path={`${path}.product`} of={PRODUCTS} mayBeNone />
        </SimpleGrid>
      </Advanced>
    </Stack>
  );
}

function Payload({ path, field }: { path: string; field: PayloadField }) {
  const say = useSay();
  const form = useCampaignForm();
  const { value, error } = form.getInputProps(path);
  const set = (next: unknown) => form.setFieldValue(path, next as never);
  const description = field.description && say(field.description);
  const head = { label: field.name, description, error, withAsterisk: field.isRequired };
  if (field.type === 'boolean')
    return (
      <Switch
        label={field.name}
        description={description}
        checked={value === true}
        onChange={(event) => set(event.currentTarget.checked)}
      />
    );
  if (field.type === 'json') return <JsonPayload head={head} value={value} onChange={set} />;
  return (
    <TextInput
      {...head}
      value={value ?? ''}
      onChange={(event) => set(event.currentTarget.value || undefined)}
    />
  );
}

function JsonPayload({
  head,
  value,
  onChange,
}: {
  head: object;
  value: unknown;
  onChange: (next: unknown) => void;
}) {
  const { t } = useTranslation('campaigns');
  const [text, setText] = useState(value === undefined ? '' : JSON.stringify(value, null, 2));
  return (
    <JsonInput
      {...head}
      autosize
      minRows={2}
      formatOnBlur
      validationError={t('rewards.notJson')}
      value={text}
      onChange={(typed) => {
        setText(typed);
        const read = readJson(typed);
        if (read !== undefined || typed.trim() === '') onChange(read);
      }}
    />
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
