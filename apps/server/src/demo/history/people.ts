import type { Random } from './random.ts';

/** A player of the demo, as the platform knows them and as they behave. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly country: string;
  readonly currency: string;
  readonly language: string;
  readonly birthDate: string;
  readonly vipLevel: number;
  readonly segments: readonly string[];
  readonly device: string;
  readonly ip: string;
  /** What their card or account is known by. */
  readonly instrument: string;
  readonly household: string;
  readonly kycStatus: string;
  readonly consents: boolean;
  /** Ms since 1970; before the history begins for those who were there already. */
  readonly registeredAt: number;
  /** How much more often than others they are about. */
  readonly zeal: number;
  /** Opens accounts for the bonuses of new players, and enters a code at once. */
  readonly hunts: boolean;
  /** A usual deposit, minor units. */
  readonly purse: number;
}

interface Land {
  country: string;
  currency: string;
  language: string;
  given: readonly string[];
  family: readonly string[];
}

const words = (text: string): string[] => text.split(' ');

const LANDS: readonly (readonly [weight: number, land: Land])[] = [
  [
    26,
    {
      ...{ country: 'DE', currency: 'EUR', language: 'de' },
      given: words(
        'Lena Jonas Mia Felix Hannah Paul Lea Lukas Marie Tim Sophie Jan Clara Niklas Julia Moritz',
      ),
      family: words(
        'Weber Schulz Becker Hoffmann Koch Richter Wolf Neumann Braun Krüger Hartmann Lange Vogel Keller',
      ),
    },
  ],
  [
    12,
    {
      ...{ country: 'AT', currency: 'EUR', language: 'de' },
      given: words('Anna David Laura Florian Sarah Tobias Magdalena Simon Valentina Matthias'),
      family: words('Gruber Huber Wagner Pichler Steiner Moser Mayer Hofer Leitner Berger'),
    },
  ],
  [
    14,
    {
      ...{ country: 'GB', currency: 'GBP', language: 'en' },
      given: words('Oliver Amelia Harry Isla George Ava Jack Emily Charlie Grace Noah Freya Alfie Poppy'),
      family: words('Walker Hughes Green Turner Cooper Ward Morgan Bailey Reed Bennett Foster Grant Palmer'),
    },
  ],
  [
    10,
    {
      ...{ country: 'FI', currency: 'EUR', language: 'fi' },
      given: words('Aino Eino Sofia Leo Helmi Onni Eevi Väinö Lilja Elias'),
      family: words('Korhonen Virtanen Mäkinen Nieminen Laine Heikkinen Koskinen Järvinen Lehtonen'),
    },
  ],
  [
    12,
    {
      ...{ country: 'SE', currency: 'SEK', language: 'sv' },
      given: words('Elsa Hugo Alice Liam Maja Oscar Wilma Axel Ebba Nils Saga Viktor'),
      family: words('Lindberg Nyström Holm Sandberg Ekström Åberg Berglund Sjögren Hedlund Nordin'),
    },
  ],
  [
    10,
    {
      ...{ country: 'MT', currency: 'EUR', language: 'en' },
      given: words('Maria Joseph Martina Luke Rebecca Matthew Claire Andrew Nicole Karl'),
      family: words('Borg Camilleri Vella Farrugia Zammit Galea Micallef Grech Attard Spiteri'),
    },
  ],
  [
    9,
    {
      ...{ country: 'CA', currency: 'CAD', language: 'en' },
      given: words('Liam Olivia Ethan Chloe Logan Zoe Nathan Maya Samuel Alice'),
      family: words('Tremblay Roy Gagnon Martin Campbell MacDonald Nguyen Singh Fraser Bouchard'),
    },
  ],
  [
    7,
    {
      ...{ country: 'IE', currency: 'EUR', language: 'en' },
      given: words('Aoife Conor Niamh Sean Ciara Patrick Roisin Cillian'),
      family: words('Murphy Kelly Byrne Ryan Walsh Doyle Gallagher Nolan'),
    },
  ],
];

/** What a euro is about, for usual amounts. */
const IN_CURRENCY: Readonly<Record<string, number>> = { EUR: 1, GBP: 1, SEK: 10, CAD: 1.5 };
const YEAR_MS = 365 * 24 * 3_600_000;

/** Letters that an address has. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/**
 * Players of the demo, in the order they registered: as many before the history begins as in it, more of them towards its
 * end.
 */
export function makePeople(random: Random, count: number, from: number, until: number): Person[] {
  const people = Array.from({ length: count }, (_, index): Person => {
    const land = random.weighted(LANDS);
    const [given, family] = [random.pick(land.given), random.pick(land.family)];
    const vipLevel = random.weighted([
      [70, 0],
      [16, 1],
      [8, 2],
      [4, 3],
      [2, 4],
    ]);
    const wasThere = index < count / 2;
    const registeredAt = wasThere
      ? from - Math.floor(random.next() * YEAR_MS)
      : from + Math.floor(random.next() ** 0.8 * (until - from - 3_600_000));
    const zeal = (0.3 + random.next() ** 3 * 5) * (1 + vipLevel / 2);
    return {
      id: `p-${20_000 + index}`,
      name: `${given} ${family}`,
      email: `${plain(given)}.${plain(family)}${random.between(1, 99)}@example.com`,
      country: land.country,
      currency: land.currency,
      language: land.language,
      birthDate: `${random.between(1958, 2004)}-0${random.between(1, 9)}-${random.between(10, 28)}`,
      vipLevel,
      segments: [
        ...(vipLevel >= 3 ? ['vip'] : []),
        ...(random.chance(0.3) ? ['slots-lovers'] : []),
        ...(random.chance(0.12) ? ['live-tables'] : []),
      ],
      device: `dev-${1_000 + index}`,
      instrument: `card-${1_000 + index}`,
      // Of the block for benchmarks: nobody's.
      ip: `198.18.${index >> 8}.${index & 255}`,
      household: `home-${1_000 + index}`,
      kycStatus: random.chance(0.72) ? 'verified' : random.chance(0.6) ? 'pending' : 'none',
      consents: random.chance(0.7),
      registeredAt,
      zeal,
      hunts: false,
      purse: Math.round(
        random.pick([1_000, 2_000, 2_000, 2_500, 3_000, 5_000, 5_000, 10_000]) *
          (1 + vipLevel) *
          (IN_CURRENCY[land.currency] ?? 1),
      ),
    };
  });
  return people.sort((a, b) => a.registeredAt - b.registeredAt);
}
