import type { PlatformEvent } from '@promosmith/contract';
import { playerId } from '../../platform/ids.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

type Told = PlatformEvent & { time: string };

/** What players do at the casino beside using codes, told to Promosmith as a platform tells it. */
export interface Casino {
  /** A deposit between now and the next call of `tell`, and then somebody plays with it. */
  deposit(person: Person, amount: number): void;
  /** Somebody plays the next time. */
  play(person: Person): void;
  login(person: Person): void;
  exclude(person: Person): void;
  /** Any other event. */
  add(event: Happening): void;
  register(person: Person): void;
  hasDeposited(person: Person): boolean;
  /** Tells everything that has happened since the last time. */
  tell(): Promise<void>;
}

type Undated<T> = T extends unknown ? Omit<T, 'id' | 'time'> : never;
/** Something that happened, at a time to be found. */
type Happening = Undated<PlatformEvent>;

/** Minor units. */
interface Funds {
  readonly real: number;
  readonly bonus: number;
}

const GAMES = [
  {
    game: 'fruit-parade',
    category: 'slots',
    provider: 'demo-games',
    chance: 0.3,
    times: [0.5, 1, 2, 3, 4, 8],
  },
  {
    game: 'book-of-lanterns',
    category: 'slots',
    provider: 'demo-games',
    chance: 0.22,
    times: [1, 2, 2, 4, 6, 10],
  },
  {
    game: 'harbour-lights',
    category: 'slots',
    provider: 'tide',
    chance: 0.34,
    times: [0.5, 1, 1.5, 3, 4, 6],
  },
  { game: 'roulette', category: 'roulette', provider: 'demo-games', chance: 0.48, times: [2] },
  { game: 'live-blackjack', category: 'live', provider: 'tide', chance: 0.48, times: [2] },
] as const;
const METHODS = ['card', 'card', 'card', 'bank_transfer', 'e_wallet', 'e_wallet', 'prepaid'] as const;
const LONGEST_SESSION = 9;
const SMALLEST_STAKE = 20;

const NOTHING: Funds = { real: 0, bonus: 0 };

export function createCasino(world: World): Casino {
  const { random, platform, db, brandId } = world;
  let events: Happening[] = [];
  let players = new Map<string, Person>();
  let next = new Map<string, Person>();
  const toBePaid: { person: Person; withdrawalId: string; amount: number; from: number }[] = [];
  const depositors = new Set<string>();
  let lastTold = world.now();
  let count = 0;

  const id = (what: string) => `${what}-${++count}`;

  function session(person: Person, { real, bonus }: Funds): Happening[] {
    const { currency, id: player } = person;
    if (real > person.purse * 3 && random.chance(0.4)) return [withdrawal(person, Math.floor(real * 0.6))];
    let funds = real + bonus;
    const most = person.purse / 4;
    const stake = Math.max(
      SMALLEST_STAKE,
      Math.floor(Math.min(funds / random.between(5, 16), most) / 10) * 10,
    );
    const game = random.pick(GAMES);
    const bets: Happening[] = [];
    for (let left = random.between(4, LONGEST_SESSION); left > 0 && funds >= stake; left--) {
      const win = random.chance(game.chance) ? Math.round(stake * random.pick<number>(game.times)) : 0;
      funds += win - stake;
      const betId = id('bet');
      const { category, provider } = game;
      bets.push({
        ...{ type: 'bet.settled', player },
        data: {
          betId,
          roundId: `round-of-${betId}`,
          game: game.game,
          category,
          provider,
          stake,
          win,
          currency,
        },
      });
    }
    if (bonus > 0 && funds >= stake && random.chance(0.5)) next.set(player, person);
    return bets;
  }

  /** The casino has books of its own, which say the same. */
  async function fundsOf(ids: readonly string[]): Promise<Map<string, Funds>> {
    const { rows } = await db.query<Funds & { id: string }>(
      `select p.external_id as id, coalesce(w.real, 0)::float8 as real,
         coalesce((select sum(g.balance) from grants g where g.player_id = p.player_id and g.status = 'active'), 0)::float8 as bonus
       from players p left join wallets w on w.player_id = p.player_id and w.currency = p.currency
       where p.player_id = any($1::uuid[])`,
      [ids.map((id) => playerId(brandId, id))],
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  function withdrawal(person: Person, amount: number): Happening {
    const withdrawalId = id('withdrawal');
    toBePaid.push({ person, withdrawalId, amount, from: world.now() + random.between(6, 30) * 3_600_000 });
    const { id: player, currency } = person;
    return { type: 'withdrawal.requested', player, data: { withdrawalId, amount, currency } };
  }

  function payWithdrawals(): void {
    for (let i = toBePaid.length - 1; i >= 0; i--) {
      const due = toBePaid[i];
      if (!due || due.from > world.now()) continue;
      toBePaid.splice(i, 1);
      const { person, withdrawalId, amount } = due;
      events.push({
        type: random.chance(0.12) ? 'withdrawal.cancelled' : 'withdrawal.paid',
        player: person.id,
        data: { withdrawalId, amount, currency: person.currency },
      });
    }
  }

  /** Spread over the time since the last ones, in their order. */
  function dated(untimed: typeof events): Told[] {
    const step = (world.now() - lastTold) / (untimed.length + 1);
    return untimed.map(
      (event, i) =>
        ({
          ...event,
          id: id('event'),
          time: new Date(Math.floor(lastTold + step * (i + 1))).toISOString(),
        }) as Told,
    );
  }

  return {
    deposit(person, amount) {
      const { id: player, currency, instrument } = person;
      const data = { depositId: id('deposit'), amount, currency, method: random.pick(METHODS), instrument };
      events.push({ type: 'deposit.succeeded', player, data });
      depositors.add(player);
      next.set(player, person);
    },
    hasDeposited: ({ id: player }) => depositors.has(player),
    play: (person) => void next.set(person.id, person),
    login: ({ id: player, country, device }) =>
      void events.push({ type: 'login', player, data: { country, device } }),
    exclude: ({ id: player }) =>
      void events.push({
        type: 'player.self_excluded',
        player,
        data: { until: null, reason: 'Asked for it' },
      }),
    add: (event) => void events.push(event),
    register({ id: player, registeredAt, ...person }) {
      const { email, country, currency, language, birthDate, vipLevel, kycStatus, household } = person;
      events.push({
        ...{ type: 'player.registered', player },
        data: {
          ...{ email, country, currency, language, birthDate, vipLevel, kycStatus, household },
          registeredAt: new Date(registeredAt).toISOString(),
          segments: [...person.segments],
        },
      });
    },
    async tell() {
      payWithdrawals();
      const funds = await fundsOf([...players.keys()]);
      const sessions = [...players.values()].map((person) =>
        session(person, funds.get(person.id) ?? NOTHING),
      );
      const all = dated([...events, ...sessions.flat()]);
      events = [];
      lastTold = world.now();
      for (let at = 0; at < all.length; at += 1_000) {
        const { results } = await platform.sendEvents({ body: { events: all.slice(at, at + 1_000) } });
        const rejected = results.find(({ status }) => status === 'rejected');
        if (rejected) throw new Error(`the demo told what was rejected: ${JSON.stringify(rejected)}`);
      }
      // Who has money by now plays with it the next time.
      players = next;
      next = new Map();
    },
  };
}
