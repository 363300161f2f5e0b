import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, DataTable } from '../data-table.tsx';
import { listOf } from '../list-of.ts';
import { Count, Nothing } from '../values.tsx';
import { type Cluster, type LinkGraph, type LinkNode, neighboursOf, PLAYER } from './graph.ts';

/** Names of what a node is linked with, in one cell. */
const NAMED = 4;

interface Props {
  readonly graph: LinkGraph;
  readonly clusters: readonly Cluster[];
  readonly onSelect: (id: string) => void;
}

/** The same graph for whoever reads rather than looks: a line for each node, the most linked first. */
export function LinksTable({ graph, clusters, onSelect }: Props) {
  const { t } = useTranslation('fraud');
  const { rows, byId, neighbours } = useMemo(() => {
    const linked = neighboursOf(graph);
    const weight = ({ id }: LinkNode) => linked.get(id)?.length ?? 0;
    return {
      rows: graph.nodes.toSorted((one, other) => weight(other) - weight(one)),
      byId: new Map(graph.nodes.map((node) => [node.id, node])),
      neighbours: linked,
    };
  }, [graph]);
  const clusterOf = new Map(clusters.flatMap(({ name, nodes }) => nodes.map((id) => [id, name])));
  const namesOf = (id: string): string => {
    const names = (neighbours.get(id) ?? []).flatMap((other) => byId.get(other)?.label ?? []);
    const rest = names.length - NAMED;
    const shown = names.slice(0, NAMED).join(', ');
    return rest > 0 ? `${shown} ${t('graph.more', { count: rest })}` : shown;
  };
  const columns: Column<LinkNode>[] = [
    { id: 'what', header: t('graph.what'), cell: ({ label }) => label },
    {
      id: 'kind',
      header: t('graph.kind'),
      cell: ({ kind }) => t(`identifiers.${kind}`, { defaultValue: kind }),
    },
    { id: 'linked', header: t('graph.linked'), cell: ({ id }) => namesOf(id) || <Nothing /> },
    { id: 'cluster', header: t('graph.inCluster'), cell: ({ id }) => clusterOf.get(id) ?? <Nothing /> },
    {
      id: 'players',
      header: t('graph.players'),
      align: 'end',
      cell: ({ kind, players }) => <Count of={kind === PLAYER ? null : players} />,
    },
    { id: 'score', header: t('graph.score'), align: 'end', cell: ({ score }) => <Count of={score} /> },
  ];
  return (
    <DataTable
      label={t('graph.label')}
      columns={columns}
      list={listOf({ data: { items: rows }, error: null, isPending: false, refetch() {} })}
      rowKey={({ id }) => id}
      onRow={({ id }) => onSelect(id)}
      empty={null}
    />
  );
}
