interface Page<Item> {
  items: readonly Item[];
  nextCursor: string | null;
  /** Of lists that go on for ever: whether there is more now. */
  hasMore?: boolean;
}

/**
 * Goes through all items of a list, asking for a page when the one before is used up.
 * @param list asks for the page at a cursor; the first has none.
 *
 * @example
 * const players = paginate((cursor) => client.listPlayers({ query: { externalId: 'vip-', cursor } }));
 * for await (const player of players) …
 */
export async function* paginate<Item>(
  list: (cursor: string | undefined) => Promise<Page<Item>>,
): AsyncGenerator<Item, void, undefined> {
  let cursor: string | undefined;
  for (;;) {
    const page = await list(cursor);
    yield* page.items;
    if (page.nextCursor === null || page.hasMore === false) return;
    cursor = page.nextCursor;
  }
}
