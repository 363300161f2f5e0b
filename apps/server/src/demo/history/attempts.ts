import { ProblemError } from '@promosmith/client';
import { BIRTHDAY, NEWSLETTER } from './campaigns.ts';
import type { Casino } from './casino.ts';
import type { Person } from './people.ts';
import type { World } from './world.ts';

/** Codes that were handed out, and to whom. */
export interface HandedOut {
  /** Of the newsletter, which nobody has used yet. */
  readonly newsletter: string[];
  readonly birthday: { code: string; holder: string }[];
  /** All of these there ever were. */
  readonly gifts: { code: string; holder: string }[];
  /** Used before, by somebody else. */
  readonly used: string[];
}

/** One player is about to try one code. */
interface Attempt {
  person: Person;
  code: string;
  traffic?: { utmSource?: string; utmCampaign?: string; affiliateId?: string };
  channel: 'cashier' | 'account' | 'registration' | 'popup';
}

export interface Attempts {
  /** Some players try codes at once. @returns how many. */
  some(count: number): Promise<void>;
  by(person: Person, code: string): Promise<void>;
  /** Somebody tries what new players get, as soon as they are one. */
  hunt(person: Person): Promise<void>;
  /** A code that was meant for one player is read by others, and tried. */
  leak(readers: number): Promise<void>;
  /** Many viewers of a stream try the same code. */
  burst(code: string, count: number): Promise<void>;
  /** Somebody guesses codes until they have to wait. */
  guess(): Promise<void>;
  /** Who has registered. */
  readonly present: Person[];
}

const DAY_MS = 24 * 3_600_000;
/** Of the brand's clock: near enough for what players have in mind. */
const BRAND_OFFSET_MS = 3_600_000;
const TYPOS = [
  'WELCOM100',
  'TOPUP5O',
  'FRYDAY50',
  'NIGHTOWLS',
  'BACK1O',
  'LANTERNE',
  'DUBLE',
  'SPINS15',
  'FREE100',
  'BONUS',
];

type Who = 'newcomer' | 'depositor' | 'rich' | 'nordic' | 'live' | 'anybody';

/** What players have heard of a code: most try it when, and as whom, they may. */
interface Known {
  code: string;
  /** Compared with the others. */
  weight: number;
  who: Who;
  /** Of the history, the last one without. */
  days?: readonly [number, number];
  /** ISO: 1 is Monday. */
  weekdays?: readonly number[];
  fromHour?: number;
  currency?: string;
}

const CODES: readonly Known[] = [
  { code: 'DOUBLE', weight: 26, who: 'newcomer', days: [0, 44] },
  { code: 'LANTERN', weight: 6, who: 'newcomer', currency: 'EUR' },
  { code: 'WELCOME100', weight: 10, who: 'newcomer', days: [44, 61], currency: 'EUR' },
  { code: 'FRIDAY50', weight: 30, who: 'anybody', weekdays: [5, 6, 7] },
  { code: 'TOPUP50', weight: 14, who: 'anybody', currency: 'EUR' },
  { code: 'NORDIC', weight: 16, who: 'nordic', fromHour: 17 },
  { code: 'ROLLER', weight: 5, who: 'rich' },
  { code: 'BACK10', weight: 8, who: 'depositor' },
  { code: 'CASHBACK10', weight: 4, who: 'depositor', currency: 'EUR' },
  { code: 'SPIN15', weight: 18, who: 'anybody', weekdays: [2, 3, 4] },
  { code: 'WEEKEND20', weight: 8, who: 'anybody', weekdays: [6, 7], currency: 'EUR' },
  { code: 'LEAGUE', weight: 10, who: 'anybody', days: [6, 61] },
  { code: 'RACE', weight: 0.5, who: 'anybody' },
  { code: 'CASHDROP', weight: 14, who: 'anybody', days: [26, 36] },
  { code: 'CHIPS', weight: 5, who: 'live', days: [14, 50] },
  { code: 'HELLO5', weight: 16, who: 'depositor', days: [0, 9] },
  { code: 'TENONUS', weight: 2, who: 'newcomer', currency: 'EUR' },
  { code: 'FORUM15', weight: 6, who: 'anybody', days: [18, 24] },
];
/** What hunters of bonuses do not wait for. */
const HARDLY_KNOWN = 6;
/** How many heed what a code is for; the others find out. */
const HEEDFUL = 0.86;

export function createAttempts(world: World, casino: Casino, handedOut: HandedOut): Attempts {
  const { random, platform } = world;
  const present: Person[] = [];
  /** Codes that players know to have used. */
  const tried = new Map<string, Set<string>>();
  let count = 0;

  /** Those who are about more often come up more often; many of the latest are about. */
  function somebody(): Person {
    const latest = random.chance(0.15) ? present.slice(-25) : present;
    const [one, other] = [random.pick(latest), random.pick(latest)];
    return one.zeal > other.zeal ? one : other;
  }

  function somebodyWho(holds: (person: Person) => boolean): Person {
    for (let tries = 0; tries < 60; tries++) {
      const person = somebody();
      if (holds(person)) return person;
    }
    return somebody();
  }

  const isNew = ({ registeredAt }: Person) => world.now() - registeredAt < 3 * DAY_MS;
  const fits: Readonly<Record<Who, (person: Person) => boolean>> = {
    newcomer: (person) => isNew(person) && !casino.hasDeposited(person),
    depositor: casino.hasDeposited,
    rich: ({ vipLevel, kycStatus }) => vipLevel > 0 && kycStatus === 'verified',
    nordic: ({ country }) => country === 'SE' || country === 'FI',
    live: ({ segments }) => segments.includes('live-tables'),
    anybody: () => true,
  };

  function isOn({
    days: [first, last] = [0, Number.POSITIVE_INFINITY],
    weekdays,
    fromHour = 0,
  }: Known): boolean {
    const now = new Date(world.now() + BRAND_OFFSET_MS);
    const day = (world.now() - world.from) / DAY_MS;
    const weekday = now.getUTCDay() || 7;
    return (
      day >= first && day < last && (weekdays?.includes(weekday) ?? true) && now.getUTCHours() >= fromHour
    );
  }

  function usual(): Attempt {
    const heedful = random.chance(HEEDFUL);
    const codes = heedful ? CODES.filter(isOn) : CODES;
    const { code, who, currency } = random.weighted(codes.map((known) => [known.weight, known] as const));
    const suits = (person: Person) =>
      fits[who](person) &&
      (currency ?? person.currency) === person.currency &&
      !tried.get(person.id)?.has(code);
    const person = heedful ? somebodyWho(suits) : somebody();
    const channel =
      who === 'newcomer' ? 'registration' : random.pick(['cashier', 'cashier', 'account'] as const);
    return { person, code, channel };
  }

  function newsletter(): Attempt | undefined {
    const code = random.chance(0.06) ? handedOut.used.at(-1) : handedOut.newsletter.pop();
    if (code === undefined) return undefined;
    handedOut.used.push(code);
    const traffic = { utmSource: 'newsletter', utmCampaign: NEWSLETTER };
    return { person: somebodyWho(({ consents }) => consents), code, traffic, channel: 'account' };
  }

  function birthday(): Attempt | undefined {
    const gift = random.chance(0.2)
      ? random.pick([...handedOut.birthday, undefined])
      : handedOut.birthday.pop();
    if (!gift) return undefined;
    const person = present.find(({ id }) => id === gift.holder);
    const other = random.chance(0.15);
    return {
      person: other || !person ? somebody() : person,
      code: gift.code,
      traffic: { utmCampaign: BIRTHDAY },
      channel: 'account',
    };
  }

  function one(): Attempt {
    const kind = random.weighted([
      [78, 'usual'],
      [13, 'newsletter'],
      [2, 'birthday'],
      [5, 'typo'],
    ]);
    const other = kind === 'newsletter' ? newsletter() : kind === 'birthday' ? birthday() : undefined;
    if (kind === 'typo') return { person: somebody(), code: random.pick(TYPOS), channel: 'cashier' };
    return other ?? usual();
  }

  async function attempt({ person, code, traffic, channel }: Attempt): Promise<void> {
    const { id, currency, country, device, ip } = person;
    const known = tried.get(id) ?? new Set();
    tried.set(id, known.add(code));
    try {
      const { outcome, grants } = await platform.activateCode({
        headers: { 'idempotency-key': `attempt-${++count}` },
        body: {
          ...{ code, channel, ipCountry: country, ip },
          player: { id, currency, country },
          device: { id: device, type: random.pick(['mobile', 'mobile', 'desktop']) },
          ...(traffic ? { traffic } : {}),
        },
      });
      if (outcome === 'awaiting_deposit') depositFor(person, code);
      else if (grants.some(({ kind }) => kind === 'bonus_balance') && random.chance(0.85))
        casino.play(person);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
    }
  }

  function depositFor(person: Person, code: string): void {
    if (random.chance(0.17)) return;
    const tooLittle = random.chance(0.06);
    const least = code === 'ROLLER' ? 2.5 : 1;
    casino.deposit(person, tooLittle ? Math.round(person.purse / 10) : Math.round(person.purse * least));
  }

  return {
    present,
    async some(howMany) {
      const attempts = Array.from({ length: howMany }, one);
      // A player does one thing at a time.
      const each = [...new Map(attempts.map((made) => [made.person.id, made])).values()];
      await Promise.all(each.map(attempt));
    },
    by: (person, code) => attempt({ person, code, channel: 'cashier' }),
    hunt(person) {
      const { code } = random.pick(
        CODES.filter((known) => known.who === 'newcomer' && known.weight > HARDLY_KNOWN && isOn(known)),
      );
      return attempt({ person, code, channel: 'registration' });
    },
    async leak(readers) {
      const gift = handedOut.gifts.at(-1);
      if (!gift) return;
      const strangers = new Map(
        Array.from({ length: readers }, () => somebody())
          .filter(({ id }) => id !== gift.holder)
          .map((person) => [person.id, person]),
      );
      for (const person of strangers.values()) await attempt({ person, code: gift.code, channel: 'account' });
    },
    async burst(code, howMany) {
      const viewers = new Map(
        Array.from({ length: howMany }, () => somebody()).map((person) => [person.id, person]),
      );
      const traffic = { utmSource: 'twitch', utmCampaign: 'night-owl', affiliateId: 'nightowl' };
      await Promise.all(
        [...viewers.values()].map((person) => attempt({ person, code, traffic, channel: 'popup' })),
      );
    },
    async guess() {
      const person = somebody();
      for (let i = 0; i < 8; i++)
        await attempt({ person, code: `MAIL-${random.between(10_000, 99_999)}`, channel: 'account' });
    },
  };
}
