import { Select, Stack, Text } from '@mantine/core';
import { connectorsOf } from '@promosmith/core/journey';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/editor-context.ts';
import { goTo } from '../editor/places.ts';
import { PALETTE } from '../graph/kinds.ts';
import { walkingOrder } from '../graph/order.ts';

/** Of an id: a node that there is not yet. */
const NEW = '+';
const NEW_KINDS = PALETTE.filter(({ group }) => group !== 'start').flatMap(({ kinds }) => [...kinds]);

/** Where each connector of a node leads: the same as drawing it, without a mouse. */
export function WaysOut({ id }: { id: string }) {
  const { t } = useTranslation('journeys');
  const { definition } = useEditor();
  const node = definition.nodes[id];
  const connectors = node ? connectorsOf(node) : [];
  if (connectors.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label={t('inspector.ways')} data-ways>
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
  const { definition, words, lead, addBehind, problems } = useEditor();
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
  const newOnes = NEW_KINDS.map((kind) => ({
    value: `${NEW}${kind}`,
    label: t('inspector.newOne', { kind: t(`kinds.${kind}`) }),
  }));
  const choose = (to: string | null) => {
    const kind = NEW_KINDS.find((one) => to === `${NEW}${one}`);
    if (kind === undefined) return lead(id, connector, to);
    addBehind(kind, id, connector);
    goTo('inspector');
  };
  const faults = problems
    .filter(({ edge }) => edge?.from === id && edge.connector === connector)
    .map(({ message }) => message);
  return (
    <Select
      label={words.connector(node, connector)}
      placeholder={t('inspector.nowhere')}
      size="xs"
      data={[
        { group: t('inspector.there'), items: options },
        { group: t('inspector.new'), items: newOnes },
      ]}
      value={leadsTo}
      clearable
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t('inspector.noSuch')}
      error={faults.join(' ') || undefined}
      onChange={choose}
    />
  );
}
