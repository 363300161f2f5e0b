import type { Actors, On } from '../actors.ts';
import type { Person } from '../people.ts';
import type { World } from '../world.ts';

/** What others are worth in the brand's own euros, about. */
const RATES: Readonly<Record<string, number>> = { GBP: 1.15, SEK: 0.089, CAD: 0.63 };
const RATES_EVERY_DAYS = 3;
const CODE = 'TOPUP50';
const FIRST_DAY = 10;
const LAST_DAY = 46;
const PLAYERS_A_DAY = 14;
const DAY_MS = 86_400_000;

/** Rates of currencies, and whether an offer earns more than it costs: what data analysts and administrators deal with. */
export function findOutWhatPays(on: On, world: World, { attempts }: Actors): void {
  const days = Math.floor((world.until - world.from) / DAY_MS);
  for (let day = 0; day <= days; day += RATES_EVERY_DAYS) on(day, 6.1, setRates);
  let experimentId = '';
  const asked = new Set<Person>();
  on(FIRST_DAY, 9.2, begin);
  for (let day = FIRST_DAY; day < LAST_DAY; day++) on(day, 12.3, treatSome);
  on(LAST_DAY, 9.2, async () => {
    await (await world.as('administrator')).endExperiment({ params: { experimentId } });
  });

  async function setRates(): Promise<void> {
    const day = new Date(world.now()).toISOString().slice(0, 10);
    const rates = Object.entries(RATES).map(([currency, about]) => ({
      ...{ day, currency },
      rate: (about * (0.98 + world.random.next() * 0.04)).toFixed(4),
    }));
    await (await world.as('administrator')).setCurrencyRates({ body: { rates } });
  }

  async function begin(): Promise<void> {
    const administrator = await world.as('administrator');
    const { campaignId } = await administrator.lookUpCode({ body: { code: CODE } });
    const experiment = await administrator.createExperiment({
      body: {
        name: 'Half a deposit more',
        arms: [
          { key: 'control', name: 'Nothing', weightBps: 4_000, treatment: { kind: 'nothing' } },
          {
            ...{ key: 'top-up', name: 'Told of TOPUP50', weightBps: 6_000 },
            treatment: { kind: 'campaign', campaignId },
          },
        ],
        baseline: 'control',
        expectedPlayers: 600,
      },
    });
    experimentId = experiment.id;
  }

  /** Players who are about to be told of the code: those of the control group are not. */
  async function treatSome(): Promise<void> {
    const some = attempts.present.filter((person) => !asked.has(person)).slice(-PLAYERS_A_DAY);
    if (some.length === 0) return;
    for (const person of some) asked.add(person);
    const { items } = await (await world.as('administrator')).assignPlayers({
      params: { experimentId },
      body: { players: some.map(({ id }) => id) },
    });
    for (const [n, { arm }] of items.entries()) {
      const person = some[n];
      if (person && arm === 'top-up') await attempts.by(person, CODE);
    }
  }
}
