import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** Somebody who opens account after account for the bonuses of new players. */
const RINGS = [
  { mailbox: 'lucky.sven77', accounts: 6 },
  { mailbox: 'mario.bonus', accounts: 5 },
  { mailbox: 'k4rl.spins', accounts: 7 },
] as const;
const HOUSEHOLDS = 16;
const MOST_AT_HOME = 3;
/** Accounts of a ring are opened within a day or two of each other. */
const APART = 3;

/**
 * People who are not strangers. Rings open accounts one after the other, with one telephone, one card and one mailbox that is
 * spelt differently each time; families share a home, its network and now and then a tablet, and pay with cards of their own.
 * @param people in the order they registered.
 */
export function makeKin(random: Random, people: readonly Person[]): Person[] {
  const changed = new Map<number, Partial<Person>>();
  const newcomers = Math.ceil(people.length / 2);
  for (const [n, { mailbox, accounts }] of RINGS.entries()) {
    const first = newcomers + Math.floor(((n + 1) / (RINGS.length + 1)) * (people.length - newcomers));
    for (let account = 0; account < accounts; account++)
      changed.set(first + account * APART, {
        email: spelt(mailbox, account),
        device: `ring-phone-${n}`,
        instrument: `ring-card-${n}`,
        ip: `203.0.113.${n * 20 + (account % 2)}`,
        hunts: true,
        ...{ country: 'DE', currency: 'EUR', language: 'de', vipLevel: 0, kycStatus: 'none' },
      });
  }
  for (let home = 0; home < HOUSEHOLDS; home++) {
    const tablet = random.chance(0.4);
    const { length } = people;
    for (let member = random.between(2, MOST_AT_HOME); member > 0; member--) {
      const at = random.between(0, length - 1);
      if (changed.has(at)) continue;
      changed.set(at, {
        household: `home-${home}`,
        ip: `198.51.100.${home}`,
        ...(tablet ? { device: `tablet-${home}` } : {}),
      });
    }
  }
  return people.map((person, at) => ({ ...person, ...changed.get(at) }));
}

/** One mailbox of many addresses. */
function spelt(mailbox: string, account: number): string {
  const name = account % 2 === 0 ? mailbox : mailbox.replaceAll('.', '');
  return `${name}${account === 0 ? '' : `+${account}`}@${account % 3 === 2 ? 'googlemail' : 'gmail'}.com`;
}
