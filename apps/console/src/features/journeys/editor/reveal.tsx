import { useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { CARD_WIDTH } from '../graph/size.ts';

const GLIDE_MS = 250;

/** Brings the node that was picked into view, when it is not: it may have been picked in a list. */
export function Reveal({ id }: { id: string | undefined }) {
  const { getNode, setCenter } = useReactFlow();
  const store = useStoreApi();
  useEffect(() => {
    const node = id === undefined ? undefined : getNode(id);
    if (!node) return;
    const [left, top, zoom] = store.getState().transform;
    const { width, height } = store.getState();
    const [x, y] = [node.position.x * zoom + left, node.position.y * zoom + top];
    const isSeen = x >= 0 && y >= 0 && x + CARD_WIDTH * zoom <= width && y + 60 * zoom <= height;
    if (isSeen) return;
    const middle = { x: node.position.x + CARD_WIDTH / 2, y: node.position.y + (node.height ?? 0) / 2 };
    void setCenter(middle.x, middle.y, { zoom, duration: GLIDE_MS });
  }, [id, getNode, setCenter, store]);
  return null;
}
