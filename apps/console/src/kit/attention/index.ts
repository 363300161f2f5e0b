/** What waits for somebody: the same list wherever it is told. */

export { AttentionList } from './attention-list.tsx';
export { AttentionPanel } from './attention-panel.tsx';
export { useAttention } from './use-attention.ts';
