import { Select, Stack, Text } from '@mantine/core';
import { connectorsOf } from '@promosmith/core/journey';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/editor-context.ts';
import { connect, disconnect } from '../graph/edits.ts';
import { walkingOrder } from '../graph/order.ts';

/** Where each connector of a node leads: the same as drawing it, without a mouse. */
export function WaysOut({ id }: { id: string }) {
  const { t } = useTranslation('journeys');
  const { definition } = useEditor();
  const node = definition.nodes[id];
  const connectors = node ? connectorsOf(node) : [];
  if (connectors.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('inspector.ways')}>
      <Text fz="sm" fw={600}>
        {t('inspector.ways')}
      </Text>
      {connectors.map((connector) => (
        <WayOut key={connector} id={id} connector={connector} />
      ))}
    </Stack>
  );
}

export function WayOut({ id, connector }: { id: string; connector: string }) {
  const { t } = useTranslation('journeys');
  const { definition, words, edit, problems } = useEditor();
  const { nodes, edges } = definition;
  const node = nodes[id];
  if (!node) return null;
  const leadsTo = edges.find((edge) => edge.from === id && edge.connector === connector)?.to ?? null;
  const seen = new Map<string, number>();
  const options = walkingOrder(definition).flatMap((to) => {
    const target = nodes[to];
    if (!target || target.kind === 'trigger' || to === id) return [];
    const title = words.title(to, target);
    const nth = (seen.get(title) ?? 0) + 1;
    seen.set(title, nth);
    return [{ value: to, label: nth === 1 ? title : `${title} (${to})` }];
  });
  const faults = problems
    .filter(({ edge }) => edge?.from === id && edge.connector === connector)
    .map(({ message }) => message);
  return (
    <Select
      label={words.connector(node, connector)}
      placeholder={t('inspector.nowhere')}
      size="xs"
      data={options}
      value={leadsTo}
      clearable
      searchable={options.length > 8}
      error={faults.join(' ') || undefined}
      onChange={(to) =>
        edit(
          to === null
            ? disconnect(definition, id, connector)
            : connect(definition, { from: id, connector, to }),
        )
      }
    />
  );
}
