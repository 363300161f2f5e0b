import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import { TextWithInsert } from '../../../../kit/inserts/index.ts';
import type { NodeOf } from '../../graph/types.ts';
import { useFaults } from '../faults.ts';
import { asTemplate, useTemplateValues } from '../fields/template-values.ts';
import type { FormProps } from './form-props.ts';

/** A property of the player, and the value it gets. */
export function PropertyForm({ id, node, onChange }: FormProps<NodeOf<'change_property'>>) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(id);
  const properties = useRead('listProperties', {});
  const groups = useTemplateValues({ secrets: false });
  const options = (properties.data?.items ?? []).map(({ name, label }) => ({
    value: name,
    label: `${label} (${name})`,
  }));
  const isListed = node.property === '' || options.some(({ value }) => value === node.property);
  return (
    <Stack gap="sm">
      <Select
        label={t('property.name')}
        placeholder={t('property.choose')}
        data={isListed ? options : [{ value: node.property, label: node.property }, ...options]}
        value={node.property === '' ? null : node.property}
        searchable
        nothingFoundMessage={t('property.none')}
        error={faultOf('property')}
        onChange={(property) => onChange({ ...node, property: property ?? '' })}
      />
      <TextWithInsert
        label={t('property.value')}
        description={t('property.valueHint')}
        value={node.value}
        error={faultOf('value')}
        groups={groups}
        insertLabel={t('fields.insertValue')}
        written={asTemplate}
        onChange={(value) => onChange({ ...node, value }, 'value')}
      />
    </Stack>
  );
}
