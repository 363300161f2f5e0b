import { Button, Group, NumberInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, Panel, tellDone } from '../../../kit/index.ts';
import type { Brand } from '../../../session/index.ts';

const MOST_DECIMALS = 8;

/** Currencies beyond ISO 4217. One that is in force keeps its decimals: stored amounts would change their meaning. */
export function CurrenciesPanel({ brand }: { brand: Brand }) {
  const { t } = useTranslation('brands');
  const { currencies } = brand.settings;
  const form = useForm({ initialValues: { code: '', exponent: 2 } });
  const save = useAct('updateBrand', () => {
    tellDone(t('currencies.added', { code: form.values.code }));
    form.reset();
  });
  return (
    <Panel title={t('currencies.title')} hint={t('currencies.hint')}>
      <Stack>
        {currencies.length > 0 && (
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('currencies.code')}</Table.Th>
                <Table.Th ta="end">{t('currencies.decimals')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {currencies.map(({ code, exponent }) => (
                <Table.Tr key={code}>
                  <Table.Td>{code}</Table.Td>
                  <Table.Td ta="end">{exponent}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
        {currencies.length === 0 && (
          <Text fz="sm" c="dimmed">
            {t('currencies.none')}
          </Text>
        )}
        {save.error && <ErrorBox error={save.error} />}
        <form
          onSubmit={form.onSubmit((added) =>
            save.mutate({ body: { revision: brand.revision, currencies: [...currencies, added] } }),
          )}
        >
          <Group align="flex-end">
            <TextInput
              label={t('currencies.code')}
              required
              maxLength={10}
              {...form.getInputProps('code')}
              onChange={(event) => form.setFieldValue('code', event.currentTarget.value.toUpperCase())}
            />
            <NumberInput
              label={t('currencies.decimals')}
              min={0}
              max={MOST_DECIMALS}
              allowDecimal={false}
              clampBehavior="strict"
              w={120}
              {...form.getInputProps('exponent')}
            />
            <Button type="submit" variant="default" loading={save.isPending}>
              {t('add')}
            </Button>
          </Group>
        </form>
      </Stack>
    </Panel>
  );
}
