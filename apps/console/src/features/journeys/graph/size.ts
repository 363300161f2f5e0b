/** How large a node's card is: known before it is drawn, so that it can be laid out. In pixels. */
export const CARD_WIDTH = 236;
const HEAD = 62;
const ROW = 24;
const FOOT = 8;

export const cardHeight = (connectors: number): number =>
  HEAD + (connectors > 0 ? connectors * ROW + FOOT : 0);
