import {
  ActionIcon,
  Button,
  Checkbox,
  NativeSelect,
  NumberInput,
  Select,
  TagsInput,
  TextInput,
} from '@mantine/core';
import type { Catalogue } from '@promosmith/core/rules';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { createContext, use } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  ActionProps,
  CombinatorSelectorProps,
  FieldSelectorProps,
  NotToggleProps,
  OperatorSelectorProps,
  ValueEditorProps,
} from 'react-querybuilder';
import { useFactLabel } from '../../../../kit/fact-label.ts';
import { InstantInput } from '../../../../kit/index.ts';
import { firstValueOf, type Operator } from './rule-query.ts';

export const CatalogueContext = createContext<Catalogue>({ facts: [], byName: new Map() });

interface Option {
  readonly name?: string;
  readonly label: string;
  readonly options?: readonly Option[];
}

/** The parts of the builder, as the rest of the console has them. */

const Combinator = ({ value, handleOnChange, options, title }: CombinatorSelectorProps) => (
  <NativeSelect
    aria-label={title ?? ''}
    size="xs"
    w="auto"
    value={value ?? 'and'}
    data={(options as readonly Option[]).map(({ name = '', label }) => ({ value: name, label }))}
    onChange={(event) => handleOnChange(event.currentTarget.value)}
  />
);

function Field({ value, handleOnChange }: FieldSelectorProps) {
  const { t } = useTranslation('campaigns');
  const { facts } = use(CatalogueContext);
  const labelOf = useFactLabel();
  const groups = Map.groupBy(facts, ({ source }) => source);
  return (
    <Select
      aria-label={t('rule.fact')}
      size="sm"
      flex="2 1 150px"
      miw={0}
      searchable
      allowDeselect={false}
      value={value ?? null}
      data={[...groups].map(([source, of]) => ({
        group: t(`rule.sources.${source}`),
        items: of.map(({ name }) => ({ value: name, label: labelOf(name) })),
      }))}
      onChange={(chosen) => chosen !== null && handleOnChange(chosen)}
    />
  );
}

function OperatorOf({ value, handleOnChange, options }: OperatorSelectorProps) {
  const { t } = useTranslation('campaigns');
  return (
    <NativeSelect
      aria-label={t('rule.comparison')}
      size="sm"
      w={124}
      value={value ?? '=='}
      data={(options as readonly Option[]).map(({ name = '', label }) => ({ value: name, label }))}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  );
}

function ValueOf({ field, operator, value, handleOnChange }: ValueEditorProps) {
  const { t } = useTranslation('campaigns');
  const fact = use(CatalogueContext).byName.get(field);
  const label = t('rule.value');
  if (!fact || operator === 'known' || operator === 'unknown') return null;
  if (operator === 'in' || operator === 'notIn')
    return (
      <TagsInput
        aria-label={label}
        flex="1 1 140px"
        placeholder={String(fact.example)}
        acceptValueOnBlur
        value={Array.isArray(value) ? value.map(String) : value === '' ? [] : [String(value)]}
        onChange={handleOnChange}
      />
    );
  if (fact.type === 'bool')
    return (
      <NativeSelect
        aria-label={label}
        w={110}
        data={[
          { value: 'true', label: t('yes') },
          { value: 'false', label: t('no') },
        ]}
        value={String(value !== false)}
        onChange={(event) => handleOnChange(event.currentTarget.value === 'true')}
      />
    );
  if (fact.type === 'timestamp')
    return (
      <InstantInput
        aria-label={label}
        description=" "
        inputWrapperOrder={['input']}
        required
        value={typeof value === 'string' && value !== '' ? value : null}
        onChange={(at) => handleOnChange(at ?? '')}
      />
    );
  if (fact.type === 'int' || fact.type === 'double')
    return (
      <NumberInput
        aria-label={label}
        w={90}
        hideControls
        allowDecimal={fact.type === 'double'}
        value={typeof value === 'number' ? value : Number(value) || 0}
        onChange={(number) =>
          handleOnChange(typeof number === 'number' ? number : firstValueOf(fact, '==' satisfies Operator))
        }
      />
    );
  return (
    <TextInput
      aria-label={label}
      flex="1 1 110px"
      placeholder={Array.isArray(fact.example) ? String(fact.example[0]) : String(fact.example)}
      value={Array.isArray(value) ? value.join(', ') : String(value ?? '')}
      onChange={(event) => handleOnChange(event.currentTarget.value)}
    />
  );
}

function Not({ checked, handleOnChange }: NotToggleProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Checkbox
      size="xs"
      label={t('rule.not')}
      checked={checked === true}
      onChange={(event) => handleOnChange(event.currentTarget.checked)}
    />
  );
}

function AddRule({ handleOnClick }: ActionProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Button size="compact-sm" variant="light" leftSection={<IconPlus size={13} />} onClick={handleOnClick}>
      {t('rule.addCondition')}
    </Button>
  );
}

function AddGroup({ handleOnClick }: ActionProps) {
  const { t } = useTranslation('campaigns');
  return (
    <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={13} />} onClick={handleOnClick}>
      {t('rule.addGroup')}
    </Button>
  );
}

function Remove({ handleOnClick }: ActionProps) {
  const { t } = useTranslation('campaigns');
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={t('rule.remove')} onClick={handleOnClick}>
      <IconTrash size={15} />
    </ActionIcon>
  );
}

export const controls = {
  combinatorSelector: Combinator,
  fieldSelector: Field,
  operatorSelector: OperatorOf,
  valueEditor: ValueOf,
  notToggle: Not,
  addRuleAction: AddRule,
  addGroupAction: AddGroup,
  removeRuleAction: Remove,
  removeGroupAction: Remove,
};
