import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { CARD_WIDTH } from '../graph/size.ts';

const GLIDE_MS = 350;

/** Keeps a node in view while it is another one step by step. Stands inside of a canvas. */
export function Follow({ id }: { id: string | undefined }) {
  const { getNode, setCenter, getZoom } = useReactFlow();
  useEffect(() => {
    const node = id === undefined ? undefined : getNode(id);
    if (!node) return;
    const { x, y } = node.position;
    void setCenter(x + CARD_WIDTH / 2, y + (node.height ?? 0) / 2, { zoom: getZoom(), duration: GLIDE_MS });
  }, [id, getNode, setCenter, getZoom]);
  return null;
}
