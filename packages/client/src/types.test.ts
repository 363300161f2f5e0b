import type { Player } from '@promosmith/contract';
import { expectTypeOf, test } from 'vitest';
import { type Client, createClient, paginate } from './index.ts';

const client: Client = createClient({
  baseUrl: 'http://localhost',
  fetch: () => Promise.reject(new Error('types only')),
});

// The calls below are checked by the type checker; running them would need a server.
const unused = () => [
  // @ts-expect-error a route with path parameters needs them
  client.getPlayer(),
  // @ts-expect-error by their names
  client.getPlayer({ params: { id: 'p' } }),
  client.getPlayer({ params: { externalId: 'p' } }),
  // @ts-expect-error a body's fields are known
  client.putPlayer({ params: { externalId: 'p' }, body: { contry: 'DE' } }),
  client.putPlayer({ params: { externalId: 'p' }, body: { country: null, properties: { score: 1 } } }),
  // @ts-expect-error a route without a body takes none
  client.getBrand({ body: {} }),
  client.getBrand(),
  client.getBrand({ signal: AbortSignal.timeout(1) }),
  client.listPlayers(),
  // Numbers of a query may be sent as numbers.
  client.listPlayers({ query: { limit: 10 } }),
  // @ts-expect-error a query's fields are known
  client.listPlayers({ query: { colour: 'red' } }),
  client.activateCode({ body: { code: 'X' }, headers: { 'idempotency-key': 'k' } }),
  // @ts-expect-error there is no such route
  client.grantEverything(),
];

test('answers are typed by the route', () => {
  expectTypeOf(client.getPlayer).returns.resolves.toEqualTypeOf<Player>();
  expectTypeOf(client.listPlayers).returns.resolves.toHaveProperty('items').toEqualTypeOf<Player[]>();
  expectTypeOf(client.deleteWebhook).returns.resolves.toEqualTypeOf<undefined>();
  expectTypeOf(client.exportCodeBatch).returns.resolves.toEqualTypeOf<ReadableStream<Uint8Array>>();
  expectTypeOf(unused).toBeFunction();
});

test('pages are gone through item by item', () => {
  const players = () => paginate((cursor) => client.listPlayers({ query: { externalId: 'vip-', cursor } }));
  expectTypeOf(players).returns.toEqualTypeOf<AsyncGenerator<Player, void, undefined>>();
});
