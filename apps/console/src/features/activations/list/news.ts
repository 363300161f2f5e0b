import { useEffect } from 'react';
import { type List, type RowOf, useRead } from '../../../api/index.ts';
import type { Query } from './query.ts';

const LOOK_EVERY_MS = 4_000;
/** As many as are looked for at once; more are told as "and more". */
const HEAD = 50;
/** A list that was read further than this is read anew only when asked. */
const SHORT = 200;
/** Whoever scrolled further down than this is reading. */
const AT_TOP_PX = 40;

type Activation = RowOf<'listActivations'>;

export interface News {
  /** Attempts that are newer than the list. */
  readonly count: number;
  readonly isMore: boolean;
  show(): void;
}

/**
 * Looks for what is newer than the list. At the top of the page it comes in by itself; whoever reads further down is told,
 * and what they read stays where it is.
 */
export function useNews(query: Query, list: List<Activation>): News {
  const head = useRead('listActivations', { query: { ...query, limit: HEAD } }, { every: LOOK_EVERY_MS });
  const newest = list.rows[0]?.id;
  const isKnown = !head.isPlaceholderData && !list.isPending && head.data !== undefined;
  const at = head.data?.items.findIndex(({ id }) => id === newest) ?? -1;
  // Ids are in order of time: what is left of a list that was read later than this look is none of the news.
  const isNewer = (id: string) => newest === undefined || id > newest;
  const items = head.data?.items ?? [];
  const count = isKnown ? (at === -1 ? items.filter(({ id }) => isNewer(id)).length : at) : 0;
  const { reload } = list;
  const isShort = list.rows.length <= SHORT;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another look is what may bring them in
  useEffect(() => {
    if (count > 0 && isShort && window.scrollY < AT_TOP_PX) reload();
  }, [count, head.dataUpdatedAt]);
  return {
    count,
    isMore: count === HEAD,
    show() {
      window.scrollTo({ top: 0 });
      reload();
    },
  };
}
