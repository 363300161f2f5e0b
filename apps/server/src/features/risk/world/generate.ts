import type { AddressRange } from '../addresses/ranges.ts';
import { createRandom, type Random } from './random.ts';

/** What an account is in truth, which nobody who assesses it is told. */
export type Truth = 'single' | 'household' | 'mobile' | 'ring' | 'aliases' | 'guesser' | 'leak';

const ABUSE: readonly Truth[] = ['ring', 'aliases', 'guesser', 'leak'];

export const isAbuse = ({ truth }: Pick<Account, 'truth'>): boolean => ABUSE.includes(truth);

/** An account of a made-up world, and how it tries its code. */
export interface Account {
  readonly name: string;
  readonly truth: Truth;
  readonly country: string;
  readonly email: string;
  readonly phone: string;
  readonly household: string | null;
  readonly device: string;
  readonly ip: string;
  readonly instrument: string | null;
  /** Milliseconds between registration and the attempt. */
  readonly registeredAgo: number;
  /** Times the account was locked out for guessing within the last day. */
  readonly lockouts: number;
}

export interface World {
  readonly accounts: readonly Account[];
  /** What the operator's file says of networks. */
  readonly ranges: readonly AddressRange[];
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const netOf = (first: number, kind: AddressRange['kind']): AddressRange => ({
  ...{ first: BigInt(first) << 24n, last: ((BigInt(first) + 1n) << 24n) - 1n },
  ...{ family: 4, kind, country: null },
});

/** First numbers of made-up networks. */
const NETS = { homes: 100, mobile: 20, unknownMobile: 21, vpn: 30, datacenter: 40, tor: 50 } as const;

const addressIn = (net: number, n: number): string =>
  `${net + (n >>> 24)}.${(n >>> 16) & 255}.${(n >>> 8) & 255}.${n & 255}`;

const MAIL = ['gmail.com', 'outlook.com', 'example.org', 'example.net', 'web.example'] as const;
const THROW_AWAY = ['mailinator.com', 'yopmail.com', 'guerrillamail.com'] as const;

/**
 * A world of so many accounts, the same for the same seed: honest people alone, in households that share an address, some
 * of them a tablet or a card, and behind mobile networks that share addresses by the hundred; and among them rings that
 * share devices, people with many spellings of one mailbox, guessers, and those who come for a code that has got out.
 */
export function generateWorld(size: number, seed: number): World {
  const random = createRandom(seed);
  const accounts: Account[] = [];
  const maker = createMaker(random, accounts);
  while (accounts.length < size) {
    const dealt = random.next();
    if (dealt < 0.03) maker.household();
    else if (dealt < 0.08) maker.mobile();
    else if (dealt < 0.0845) maker.ring();
    else if (dealt < 0.087) maker.aliases();
    else if (dealt < 0.095) maker.guesser();
    else if (dealt < 0.105) maker.leak();
    else maker.single();
  }
  return {
    accounts: accounts.slice(0, size),
    ranges: [
      netOf(NETS.mobile, 'mobile'),
      netOf(NETS.vpn, 'vpn'),
      netOf(NETS.datacenter, 'datacenter'),
      netOf(NETS.tor, 'tor'),
    ],
  };
}

function createMaker(random: Random, accounts: Account[]) {
  let homes = 0;
  const hidden = (kind: 'vpn' | 'datacenter' | 'tor'): string =>
    addressIn(NETS[kind], random.whole(0, 50_000));
  const home = (): string => addressIn(NETS.homes, ++homes);

  function add(truth: Truth, given: Partial<Account> = {}): void {
    const n = accounts.length;
    accounts.push({
      name: `${truth}-${n}`,
      truth,
      country: 'DE',
      email: `person${n}@${random.one(MAIL)}`,
      phone: `+4930${1_000_000 + n}`,
      household: null,
      device: `device-${n}`,
      ip: home(),
      instrument: random.happens(0.6) ? `card-${n}` : null,
      registeredAgo: random.happens(0.02) ? random.whole(0, 5 * MINUTE_MS) : random.whole(1, 700) * DAY_MS,
      lockouts: 0,
      ...given,
    });
  }

  return {
    single() {
      const dealt = random.next();
      if (dealt < 0.04) add('single', { ip: hidden('vpn') });
      else if (dealt < 0.06) add('single', { country: 'AT' });
      else if (dealt < 0.061) add('single', { email: `p${accounts.length}@${random.one(THROW_AWAY)}` });
      else add('single', { lockouts: random.happens(0.002) ? 1 : 0 });
    },

    /** People of one address; some share a tablet, some a card, and one registers when the other has told of the offer. */
    household() {
      const ip = home();
      const household = `household-${homes}`;
      const people = random.whole(2, 5);
      const tablet = random.happens(0.15) ? `tablet-${homes}` : undefined;
      const card = random.happens(0.01) ? `card-of-${homes}` : undefined;
      for (let n = 0; n < people; n++)
        add('household', {
          ...{ ip, household },
          ...(tablet !== undefined && n < 2 && { device: tablet }),
          ...(card !== undefined && n < 2 && { instrument: card }),
        });
    },

    /** Hundreds behind one address, of networks that the file knows and of one that it does not. */
    mobile() {
      const net = random.happens(0.7) ? NETS.mobile : NETS.unknownMobile;
      add('mobile', { ip: addressIn(net, random.whole(0, 9)) });
    },

    /** One person, or a few, with a drawer full of telephones. */
    ring() {
      const size = random.whole(4, 20);
      const ip = home();
      const devices = Math.max(1, Math.floor(size / random.whole(4, 8)));
      const ring = accounts.length;
      for (let n = 0; n < size; n++)
        add('ring', {
          device: `ring-${ring}-${n % devices}`,
          ip: random.happens(0.3) ? hidden('vpn') : ip,
          instrument: random.happens(0.4) ? `ring-card-${ring}` : null,
          registeredAgo: random.happens(0.7) ? random.whole(0, 5 * MINUTE_MS) : random.whole(1, 9) * DAY_MS,
        });
    },

    /** One mailbox in many spellings, a browser each. */
    aliases() {
      const person = `alias${accounts.length}`;
      const ip = home();
      for (let n = random.whole(3, 8); n > 0; n--)
        add('aliases', {
          email: `${person.slice(0, n)}.${person.slice(n)}+${n}@${random.one(['gmail.com', 'googlemail.com'])}`,
          ip: random.happens(0.5) ? hidden('vpn') : ip,
          instrument: null,
          registeredAgo: random.happens(0.8) ? random.whole(0, 5 * MINUTE_MS) : DAY_MS,
        });
    },

    /** Tries codes by the hundred, hidden as well as can be had for nothing. */
    guesser() {
      const ip = hidden(random.one(['vpn', 'datacenter', 'tor']));
      add('guesser', { ip: random.happens(0.9) ? ip : home(), lockouts: random.whole(1, 6) });
    },

    /** Read of a code in a forum, and registers for nothing else. */
    leak() {
      add('leak', {
        email: `${random.whole(1, 1e9)}x${accounts.length}@${random.one(THROW_AWAY)}`,
        ip: random.happens(0.3) ? hidden('vpn') : home(),
        instrument: null,
        registeredAgo: random.whole(0, 5 * MINUTE_MS),
      });
    },
  };
}
