import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { type Column, DataTable, Day, Loaded, listOf, Page, Panel, Status } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { useSay } from '../../../texts/index.ts';

type Pack = Answer<'listPolicies'>['items'][number];
type Rule = Pack['rules'][number];

/** What jurisdictions ask of offers, with dates and sources: data of the product, changed by upgrades and nobody's click. */
export function PoliciesPage() {
  const { t } = useTranslation('brands');
  const policies = useRead('listPolicies', {});
  return (
    <Page title={t('policies.title')} description={t('policies.description')}>
      <Loaded of={policies}>
        {({ items }) => (
          <Stack>
            {items.map((pack) => (
              <PackPanel key={pack.jurisdiction} of={pack} />
            ))}
          </Stack>
        )}
      </Loaded>
    </Page>
  );
}

function PackPanel({ of: { jurisdiction, name, rules } }: { of: Pack }) {
  const { t } = useTranslation('brands');
  const { brand } = useMember();
  const say = useSay();
  const columns: Column<Rule>[] = [
    { id: 'rule', header: t('policies.rule'), width: '40%', cell: ({ summary }) => say(summary) },
    {
      id: 'severity',
      header: t('policies.severity'),
      cell: ({ severity }) => t(`policies.severities.${severity}`),
    },
    { id: 'inForce', header: t('policies.inForce'), cell: (rule) => <InForce of={rule} /> },
    { id: 'source', header: t('policies.source'), cell: ({ source }) => <Source of={source} /> },
  ];
  return (
    <Panel
      title={say(name)}
      padded={false}
      actions={
        brand.settings.jurisdiction === jurisdiction && <Badge variant="light">{t('policies.ours')}</Badge>
      }
    >
      <DataTable
        label={say(name)}
        columns={columns}
        list={listOf({ data: { items: rules }, error: null, isPending: false, refetch() {} })}
        rowKey={({ rule, from }) => `${rule} ${from}`}
        empty={
          <Text p="md" fz="sm" c="dimmed">
            {t('policies.none')}
          </Text>
        }
      />
    </Panel>
  );
}

function InForce({ of: { inForce, from } }: { of: Rule }) {
  const { t } = useTranslation('brands');
  return (
    <Group gap={6} justify="inherit">
      <Status of={inForce ? 'active' : 'inactive'} />
      {from !== null && (
        <Text span fz="xs" c="dimmed">
          {t('policies.from')} <Day of={from.slice(0, 10)} />
        </Text>
      )}
    </Group>
  );
}

function Source({ of: { title, url } }: { of: Rule['source'] }) {
  const say = useSay();
  if (url === null) return say(title);
  return (
    <Anchor href={url} target="_blank" rel="noreferrer" fz="sm">
      {title}
    </Anchor>
  );
}
