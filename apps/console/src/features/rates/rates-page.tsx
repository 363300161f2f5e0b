import { Alert, VisuallyHidden } from '@mantine/core';
import { IconArrowsExchange, IconInfoCircle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../api/index.ts';
import { today } from '../../kit/days.ts';
import { type Column, DataTable, Day, Empty, FilterBar, FilterSelect, Page } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay, useMember } from '../../session/index.ts';
import { AddRate } from './add-rate.tsx';
import { reaches } from './good-until.ts';
import { PasteRates } from './paste-rates.tsx';
import { CURRENCY, keyOf, type Rate } from './rate.ts';
import { RateDrawer } from './rate-drawer.tsx';
import { Until, Worth } from './worth.tsx';

/** What other currencies are worth in the brand's own, day by day, for reports. */
export function RatesPage() {
  const { t } = useTranslation('rates');
  const { brand, currencies } = useMember();
  const mayWrite = useMay('brands:write');
  const { filters, isFiltered, setFilters, clear } = useFilters<'currency' | 'rate'>('rate');
  const currency = CURRENCY.test(filters.currency ?? '') ? filters.currency : undefined;
  const list = useList('listCurrencyRates', { query: currency === undefined ? {} : { currency } });
  const goodUntil = useMemo(() => reaches(list.rows, today(brand.timeZone)), [list.rows, brand.timeZone]);
  const columns: Column<Rate>[] = [
    {
      id: 'day',
      header: t('day'),
      cell: (rate) => (
        <>
          <Day of={rate.day} /> <VisuallyHidden component="span">{rate.currency}</VisuallyHidden>
        </>
      ),
    },
    { id: 'currency', header: t('currency'), cell: (rate) => rate.currency },
    { id: 'worth', header: t('worthOfOne'), align: 'end', cell: (rate) => <Worth of={rate} /> },
    { id: 'until', header: t('until'), cell: (rate) => <Until of={goodUntil.get(keyOf(rate))} /> },
  ];
  return (
    <Page
      title={t('rooms.currencyRates')}
      description={t('description', { into: brand.currency })}
      actions={
        mayWrite && (
          <>
            <PasteRates />
            <AddRate currency={currency} />
          </>
        )
      }
    >
      <Alert
        variant="light"
        color="blue"
        mb="md"
        icon={<IconInfoCircle size={18} />}
        title={t('missing.title')}
      >
        {t('missing.hint', { into: brand.currency })}
      </Alert>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterSelect
          label={t('currency')}
          value={currency}
          onChange={(chosen) => setFilters({ currency: chosen })}
          options={[...currencies.keys()].map((code) => ({ value: code, label: code }))}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.currencyRates')}
        columns={columns}
        list={list}
        rowKey={keyOf}
        onRow={(rate) => setFilters({ rate: keyOf(rate) })}
        empty={
          currency === undefined ? (
            <Empty
              icon={IconArrowsExchange}
              title={t('none.title')}
              hint={t(mayWrite ? 'none.hint' : 'none.hintReader', { into: brand.currency })}
            />
          ) : (
            <Empty
              icon={IconArrowsExchange}
              title={t('noneOf.title', { currency })}
              hint={t('noneOf.hint', { currency })}
            />
          )
        }
      />
      <RateDrawer of={filters.rate} onClose={() => setFilters({ rate: undefined })} />
    </Page>
  );
}
