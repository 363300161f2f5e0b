import {
  keepPreviousData,
  type UseMutationResult,
  type UseQueryResult,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Answer, type Call, type RouteId, send } from './send.ts';

export interface ReadOptions {
  /** Nothing is read while false. */
  enabled?: boolean;
  /** Milliseconds between two looks; read once when left out. */
  every?: number | false;
}

/** What a route answers, read when first shown and again when something was changed. */
export function useRead<Id extends RouteId>(
  id: Id,
  call: Call<Id>,
  { enabled = true, every = false }: ReadOptions = {},
): UseQueryResult<Answer<Id>> {
  return useQuery({
    queryKey: [id, call],
    queryFn: ({ signal }) => send(id, { ...call, signal }),
    enabled,
    refetchInterval: every,
    placeholderData: keepPreviousData,
  });
}

/** What a route answers to each of several calls; undefined for one that has not been answered, or was refused. */
export const useReads = <Id extends RouteId>(
  id: Id,
  calls: readonly Call<Id>[],
): (Answer<Id> | undefined)[] =>
  useQueries({
    queries: calls.map((call) => ({
      queryKey: [id, call],
      queryFn: ({ signal }: { signal: AbortSignal }) => send(id, { ...call, signal }),
    })),
  }).map(({ data }) => data);

/** Routes that tell something of each of some things. */
type TellingId = { [Id in RouteId]: Answer<Id> extends { items: unknown[] } ? Id : never }[RouteId];
type ItemOf<Id extends RouteId> = Answer<Id> extends { items: (infer Item)[] } ? Item : never;

/** Things that one call asks about. */
const ASKED_AT_ONCE = 50;

/**
 * What a route tells of each of any number of things, by their ids. Those it tells nothing of are left out.
 * @param callOf asks about some of them.
 * @param idOf what is told.
 */
export function useEach<Id extends TellingId>(
  id: Id,
  ids: readonly string[],
  callOf: (ids: string[]) => Call<Id>,
  idOf: (item: ItemOf<Id>) => string,
  { enabled = true, every = false }: ReadOptions = {},
): ReadonlyMap<string, ItemOf<Id>> {
  const parts = Array.from({ length: Math.ceil(ids.length / ASKED_AT_ONCE) }, (_, part) =>
    ids.slice(part * ASKED_AT_ONCE, (part + 1) * ASKED_AT_ONCE),
  );
  const items = useQueries({
    queries: parts.map((asked) => ({
      queryKey: [id, 'each', asked],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await send(id, { ...callOf(asked), signal })) as { items: ItemOf<Id>[] },
      enabled,
      refetchInterval: every,
    })),
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what names an item does not change
  return useMemo(() => new Map(items.map((item) => [idOf(item), item])), [items]);
}

/** Routes that answer pages of a list. */
export type ListId = {
  [Id in RouteId]: Answer<Id> extends { items: unknown[]; nextCursor: string | null } ? Id : never;
}[RouteId];

export type RowOf<Id extends ListId> = Answer<Id> extends { items: (infer Row)[] } ? Row : never;

/** A list as far as it was read. */
export interface List<Row> {
  readonly rows: readonly Row[];
  readonly isPending: boolean;
  readonly isMore: boolean;
  readonly isLoadingMore: boolean;
  readonly error: Error | null;
  loadMore(): void;
  reload(): void;
}

/** A list, page after page as it is asked for: never counted, never offset. */
export function useList<Id extends ListId>(
  id: Id,
  call: Call<Id>,
  { enabled = true, every = false }: ReadOptions = {},
): List<RowOf<Id>> {
  const { query: filter } = call as { query?: object };
  const { data, isPending, isFetchingNextPage, hasNextPage, error, fetchNextPage, refetch } =
    useInfiniteQuery({
      queryKey: [id, 'pages', call],
      queryFn: async ({ pageParam, signal }) => {
        const page = await send(id, {
          ...call,
          query: { ...filter, ...(pageParam === null ? {} : { cursor: pageParam }) },
          signal,
        } as Call<Id>);
        return page as { items: RowOf<Id>[]; nextCursor: string | null };
      },
      initialPageParam: null as string | null,
      getNextPageParam: ({ nextCursor }) => nextCursor,
      enabled,
      refetchInterval: every,
      placeholderData: keepPreviousData,
    });
  const rows = useMemo(() => data?.pages.flatMap(({ items }) => items) ?? [], [data]);
  return {
    rows,
    isPending: isPending && enabled,
    isMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    error,
    loadMore: () => void fetchNextPage(),
    reload: () => void refetch(),
  };
}

/** Something that changes what is stored. Whatever is on the screen is read again after it. */
export function useAct<Id extends RouteId>(
  id: Id,
  onDone?: (answer: Answer<Id>) => void,
): UseMutationResult<Answer<Id>, Error, Call<Id>> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (call: Call<Id>) => send(id, call),
    async onSuccess(answer) {
      onDone?.(answer);
      await queries.invalidateQueries();
    },
  });
}
