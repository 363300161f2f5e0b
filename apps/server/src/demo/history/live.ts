import { createApp } from '../../app.ts';
import { openDatabase } from '../../platform/db.ts';
import { seedDemo } from '../seed.ts';
import { createAttempts, type HandedOut } from './attempts.ts';
import { createCasino } from './casino.ts';
import { createDiary } from './diary.ts';
import type { HistoryOrder } from './index.ts';
import { makeKin } from './kin.ts';
import { startOutside } from './outside.ts';
import { makePeople, type Person } from './people.ts';
import { createRandom } from './random.ts';
import { createReaders } from './readers.ts';
import { tellDatabase } from './workshop.ts';
import { createWorld, type World } from './world.ts';

const SEED = 20_26;
/** Before journeys began nobody asked. */
const CONSENTS_DAYS = 24;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** When players are about, by the hour of their day. */
const HOURS = [4, 2, 1, 1, 0, 1, 2, 3, 4, 5, 5, 6, 7, 6, 5, 6, 7, 9, 12, 15, 17, 18, 15, 9];
/** Monday first. */
const WEEKDAYS = [0.75, 0.75, 0.8, 0.9, 1.2, 1.45, 1.25];
/** Few make for large batches, and quick work; of the last days every hour is looked at. */
const MOMENTS_A_DAY = 4;
const MOMENTS_LATELY = 12;
const LATELY_DAYS = 6;
const ATTEMPTS_A_DAY = 84;

/**
 * Lives through the demo's history with the real application, telling it the time.
 * @param lived told of each day that is over, by how many there were.
 */
export async function live(
  order: HistoryOrder,
  tellThread: (ms: number) => void,
  lived: (days: number) => void,
): Promise<void> {
  const { config, databaseUrl, from, until } = order;
  await using stack = new AsyncDisposableStack();
  const db = openDatabase(databaseUrl, { poolSize: config.databasePoolSize, onIdleError() {} });
  stack.defer(db.close);
  const database = stack.use(tellDatabase(databaseUrl));
  const app = await createApp(
    {
      ...config,
      databaseUrl,
      host: '127.0.0.1',
      port: 0,
      backgroundWork: false,
      outboundAllowPrivate: true,
      logLevel: 'error',
    },
    db,
  );
  stack.defer(app.close);
  const demo = await seedDemo(app, config.dataDir, until);
  const url = await app.listen();
  const random = createRandom(SEED);
  const world = createWorld({ app, db, url, demo, random, from, until, database, tellThread });
  const people = makeKin(random, makePeople(random, order.players, from, until));
  const handedOut: HandedOut = { newsletter: [], birthday: [], gifts: [], used: [] };
  const outside = stack.use(await startOutside(world));
  const readers = await createReaders(world);
  const casino = createCasino(world);
  const attempts = createAttempts(world, casino, handedOut);
  const diary = createDiary(world, { casino, attempts, handedOut, outside });

  const coming = [...people];
  const consenting: string[] = [];
  const hunting: Person[] = [];
  const days = Math.ceil((until - from) / DAY_MS);
  // It begins and ends within a day of the calendar.
  for (let day = 0; day <= days; day++) {
    const moments = days - day >= LATELY_DAYS ? MOMENTS_A_DAY : MOMENTS_LATELY;
    for (const at of momentsOf(world, from + day * DAY_MS, moments)) {
      await diary.until(at);
      await world.passTo(at);
      welcome(coming, at);
      for (let i = random.between(0, 2); i > 0; i--) around();
      await casino.tell();
      await consent();
      await outside.playSpins();
      await readers.read();
      for (const person of hunting.splice(0)) await attempts.hunt(person);
      await attempts.some(random.between(1, Math.round((2 * share(day, at)) / moments)));
      if (moments > MOMENTS_A_DAY && random.chance(0.3)) await world.catchUp();
    }
    await world.catchUp();
    if (day % 15 === 1) await database.analyze();
    lived(day);
  }
  await diary.until(until);
  await world.passTo(until);
  await outside.leave();
  await world.catchUp();

  function welcome(waiting: Person[], at: number): void {
    while (waiting[0] && waiting[0].registeredAt <= at) {
      const person = waiting.shift() as Person;
      casino.register(person);
      attempts.present.push(person);
      if (person.hunts) {
        casino.deposit(person, person.purse);
        hunting.push(person);
      }
      if (person.consents && person.registeredAt > until - CONSENTS_DAYS * DAY_MS) consenting.push(person.id);
    }
  }

  /** Who has just registered agrees to messages. */
  async function consent(): Promise<void> {
    const consents = (['inbox', 'popup', 'email'] as const).map((channel) => ({
      ...{ product: 'casino' as const, channel, granted: true },
    }));
    const body = { consents, source: 'registration form' };
    for (const externalId of consenting.splice(0))
      await world.platform.setConsents({ params: { externalId }, body });
  }

  /** Somebody who uses no code. */
  function around(): void {
    const person = random.pick(attempts.present);
    casino.login(person);
    if (random.chance(0.5)) casino.deposit(person, person.purse);
  }

  /** More towards the end, and at weekends. */
  function share(day: number, at: number): number {
    const weekday = WEEKDAYS[(new Date(at).getUTCDay() + 6) % 7] ?? 1;
    return Math.round(ATTEMPTS_A_DAY * weekday * (0.6 + (0.8 * day) / days));
  }
}

/** When something happens on a day, in order. */
function momentsOf({ random, from, until }: World, day: number, count: number): number[] {
  const hours = HOURS.map((weight, hour) => [weight, hour] as const);
  const startOfDay = Math.floor(day / DAY_MS) * DAY_MS;
  return Array.from(
    { length: count },
    () => startOfDay + Math.floor((random.weighted(hours) + random.next()) * HOUR_MS),
  )
    .filter((at) => at > from && at < until)
    .sort((a, b) => a - b);
}
