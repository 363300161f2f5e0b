import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, send, useRead } from '../../api/index.ts';
import { Empty, Loaded, tellFailed } from '../feedback.tsx';
import { AboutNode } from './about-node.tsx';
import { LinkExplorer } from './explorer.tsx';
import { foldAt, join, type LinkGraph, type LinkNode, PLAYER, withoutLone } from './graph.ts';

type Told = Answer<'getRiskLinks'>;

/** Who is linked with a player, and by what; further around as one asks for it. @param player the platform's own id. */
export function PlayerLinks({ player }: { player: string }) {
  const links = useRead('getRiskLinks', { query: { player } });
  return <Loaded of={links}>{(told) => <Grown key={player} player={player} told={told} />}</Loaded>;
}

function Grown({ player, told }: { player: string; told: Told }) {
  const { t } = useTranslation('fraud');
  const [grown, setGrown] = useState<{ graph: LinkGraph; isCut: boolean }>();
  const begun = useMemo(() => withoutLone(told), [told]);
  const { graph, isCut } = grown ?? { graph: begun, isCut: told.isCut };
  const start = graph.nodes.find(({ kind, label }) => kind === PLAYER && label === player)?.id;
  if (start === undefined || graph.edges.length === 0)
    return <Empty title={t('graph.none')} hint={t('graph.noneHint')} />;

  const expand = async ({ kind, label }: LinkNode) => {
    if (kind !== PLAYER) return;
    try {
      const more = await send('getRiskLinks', { query: { player: label, depth: 1 } });
      setGrown((before) => ({
        graph: join(before?.graph ?? begun, withoutLone(more)),
        isCut: (before?.isCut ?? told.isCut) || more.isCut,
      }));
    } catch (error) {
      tellFailed(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const fold = ({ id }: LinkNode) => setGrown({ graph: foldAt(graph, id, start), isCut });
  return (
    <LinkExplorer
      {...{ graph, start, isCut }}
      onOpen={(node) => void expand(node)}
      about={(node) => (
        <AboutNode node={node} graph={graph} onExpand={() => expand(node)} onFold={() => fold(node)} />
      )}
    />
  );
}
