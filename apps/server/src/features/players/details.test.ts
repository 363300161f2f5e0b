import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { type PlayerDetails, upsertInline } from './details.ts';
import { find } from './store/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const brandId = newId();
let player: string;
beforeEach(() => {
  player = newId();
});

const tell = (...details: PlayerDetails[]) =>
  upsertInline(
    database.db,
    details.map((told) => ({ brandId, externalId: player, details: told })),
  );
const read = () => find(database.db, playerId(brandId, player));
const rowVersion = async () =>
  (await database.db.query('select xmin from players where player_id = $1', [playerId(brandId, player)]))
    .rows;

it('creates a player of whom only the id is known', async () => {
  await tell({});
  expect(await read()).toMatchObject({ externalId: player, country: null, segments: [], depositCount: 0 });
});

it('creates a player with what is told', async () => {
  await tell({
    email: 'J.Smith+x@gmail.com',
    country: 'DE',
    currency: 'EUR',
    language: 'de',
    birthDate: '1990-04-12',
    registeredAt: '2026-03-02T08:20:00Z',
  });
  expect(await read()).toMatchObject({
    email: 'J.Smith+x@gmail.com',
    emailCanonical: 'jsmith@gmail.com',
    country: 'DE',
    currency: 'EUR',
    language: 'de',
    birthDate: '1990-04-12',
    registeredAt: new Date('2026-03-02T08:20:00Z'),
  });
});

it('keeps what is not told, even when it is there and undefined', async () => {
  await tell({ country: 'DE', language: 'de' });
  await tell({ country: 'MT', language: undefined });
  expect(await read()).toMatchObject({ country: 'MT', language: 'de' });
});

it('takes a player told of twice in the order given', async () => {
  await tell({ country: 'DE', language: 'de' }, { country: 'MT' });
  expect(await read()).toMatchObject({ country: 'MT', language: 'de' });
});

it('does not write a row that says so already', async () => {
  await tell({ country: 'DE', email: 'a@example.com' });
  const before = await rowVersion();
  await tell({ country: 'DE' }, { email: 'a@example.com' });
  expect(await rowVersion()).toEqual(before);
});

it('does nothing for nobody', async () => {
  await upsertInline(database.db, []);
  expect(await read()).toBeUndefined();
});
