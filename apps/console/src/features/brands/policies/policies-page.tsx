import { Anchor, Badge, Group, Stack, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Loaded, Page, Panel, Status, When } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';

type Pack = Answer<'listPolicies'>['items'][number];

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
  return (
    <Panel
      title={name}
      padded={false}
      actions={
        brand.settings.jurisdiction === jurisdiction && <Badge variant="light">{t('policies.ours')}</Badge>
      }
    >
      {rules.length === 0 ? (
        <Text p="md" fz="sm" c="dimmed">
          {t('policies.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table verticalSpacing="sm" horizontalSpacing="md" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('policies.rule')}</Table.Th>
                <Table.Th>{t('policies.severity')}</Table.Th>
                <Table.Th>{t('policies.inForce')}</Table.Th>
                <Table.Th>{t('policies.source')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rules.map((rule) => (
                <Table.Tr key={`${rule.rule} ${rule.from}`}>
                  <Table.Td maw={420}>{rule.summary}</Table.Td>
                  <Table.Td>{t(`policies.severities.${rule.severity}`)}</Table.Td>
                  <Table.Td>
                    <Group gap={6}>
                      <Status of={rule.inForce ? 'active' : 'inactive'} />
                      {rule.from !== null && (
                        <Text span fz="xs" c="dimmed">
                          {t('policies.from')} <When at={rule.from} style="full" />
                        </Text>
                      )}
                    </Group>
                  </Table.Td>
                  <Table.Td>
                    {rule.source.url === null ? (
                      rule.source.title
                    ) : (
                      <Anchor href={rule.source.url} target="_blank" rel="noreferrer" fz="sm">
                        {rule.source.title}
                      </Anchor>
                    )}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}
