import type { List } from '../api/index.ts';

interface Read<Row> {
  readonly data: { readonly items: readonly Row[] } | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  refetch(): unknown;
}

/** What was read whole, as a table takes it. */
export const listOf = <Row>({ data, error, isPending, refetch }: Read<Row>): List<Row> => ({
  rows: data?.items ?? [],
  isPending,
  isMore: false,
  isLoadingMore: false,
  error,
  loadMore() {},
  reload: () => void refetch(),
});
