import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PRODUCTS, type Product } from '../graph/types.ts';

/** Under whose consent the journey's messages are sent. */
export function ProductSelect({ value, onChange }: { value: Product; onChange: (product: Product) => void }) {
  const { t } = useTranslation('journeys');
  return (
    <Select
      label={t('list.product')}
      description={t('list.productHint')}
      data={PRODUCTS.map((product) => ({ value: product, label: t(`products.${product}`) }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen as Product)}
    />
  );
}
