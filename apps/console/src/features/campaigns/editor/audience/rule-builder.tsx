import type { Catalogue } from '@promosmith/core/rules';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { QueryBuilder, type RuleGroupType } from 'react-querybuilder';
import { CatalogueContext, controls } from './controls.tsx';
import classes from './rule-builder.module.css';
import { firstValueOf, type Group, operatorsOf } from './rule-query.ts';

interface Props {
  readonly query: Group;
  readonly catalogue: Catalogue;
  readonly onChange: (query: Group) => void;
}

/** The rule as conditions that are put together by hand. */
export function RuleBuilder({ query, catalogue, onChange }: Props) {
  const { t } = useTranslation('campaigns');
  const fields = useMemo(
    () =>
      catalogue.facts.map(({ name, label, source }) => ({
        name,
        value: name,
        label,
        group: t(`rule.sources.${source}`),
      })),
    [catalogue, t],
  );
  const factOf = (field: string) => catalogue.byName.get(field);
  return (
    <CatalogueContext value={catalogue}>
      <div className={classes.builder}>
        <QueryBuilder
          fields={fields}
          query={query as RuleGroupType}
          onQueryChange={(next) => onChange(next as Group)}
          getOperators={(field) => {
            const fact = factOf(field);
            const operators = fact ? operatorsOf(fact) : [];
            const list = fact?.type === 'bool' ? 'boolean' : fact?.type === 'timestamp' ? 'time' : 'plain';
            return operators.map((name) => ({
              name,
              value: name,
              label: t(`rule.operators.${list}.${name}`, { defaultValue: t(`rule.operators.plain.${name}`) }),
            }));
          }}
          getDefaultOperator={(field) => {
            const fact = factOf(field);
            return fact ? (operatorsOf(fact)[0] ?? '==') : '==';
          }}
          getDefaultValue={({ field, operator }) => {
            const fact = factOf(field);
            return fact ? firstValueOf(fact, operatorsOf(fact).find((one) => one === operator) ?? '==') : '';
          }}
          resetOnFieldChange
          resetOnOperatorChange={false}
          showNotToggle
          controlElements={controls}
          combinators={[
            { name: 'and', value: 'and', label: t('rule.all') },
            { name: 'or', value: 'or', label: t('rule.any') },
          ]}
          accessibleDescriptionGenerator={() => t('rule.title')}
        />
      </div>
    </CatalogueContext>
  );
}
