import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';
import { triedOn } from './if-allowed.ts';

/** Exclusions, blocks, reversals, guessed codes, rounds taken back: what fraud analysts and administrators deal with. */
export function guardAgainstAbuse(at: On, world: World, { casino, attempts }: Actors): void {
  const { random } = world;
  const on = triedOn(at);
  for (const day of [15, 31, 49, 58]) {
    const excluded = () => attempts.present[day * 7];
    on(day, 18.5, async () => {
      const person = excluded();
      if (person) casino.exclude(person);
    });
    on(day + 1, 19, async () => {
      const person = excluded();
      if (person) await attempts.by(person, 'TOPUP50');
    });
  }
  for (const day of [19, 42, 56]) {
    const blocked = () => attempts.present[day * 6 + 1];
    on(day, 9.5, async () => {
      const person = blocked();
      if (!person) return;
      await (await world.as('administrator')).setBonusBlock({
        params: { externalId: person.id },
        body: { blocked: true, reason: 'Plays with several accounts from one device' },
      });
    });
    on(day + 1, 20, async () => {
      const person = blocked();
      if (person) await attempts.by(person, 'SPIN15');
    });
  }
  for (const day of [20, 36, 54, 59]) on(day, 20.5, attempts.guess);
  for (const day of [38, 59]) on(day, 21.2, () => attempts.leak(6));
  for (const day of [23, 41, 57]) on(day, 11.2, reverse);
  for (const day of [32, 46, 58]) on(day, 16.3, rollBack);
  on(47, 10.1, closeCase);

  async function reverse(): Promise<void> {
    const analyst = await world.as('fraud_analyst');
    const { items } = await analyst.listActivations({ query: { outcome: 'accepted', limit: 30 } });
    const { id } = random.pick(items);
    const body = { reason: 'A second account of the same person' };
    await analyst.reverseActivation({ params: { activationId: id }, body });
  }

  /** A game was faulty, and the money it paid has become the player's own by now: a case for a person. */
  async function rollBack(): Promise<void> {
    const analyst = await world.as('fraud_analyst');
    const { items } = await analyst.listGrants({
      query: { status: 'completed', kind: 'deposit', limit: 20 },
    });
    for (const grant of items) {
      const { items: bets } = await analyst.listGrantBets({ params: { grantId: grant.id }, query: {} });
      const [bet] = bets;
      if (!bet) continue;
      const data = { roundId: bet.roundId, reason: 'Faulty game' };
      casino.add({ type: 'round.rolled_back', player: grant.player, data });
      return;
    }
  }

  async function closeCase(): Promise<void> {
    const analyst = await world.as('fraud_analyst');
    const { items } = await analyst.listAdjustments({ query: { state: 'open' } });
    const oldest = items.at(-1);
    if (!oldest) return;
    const body = { note: 'Written off: the studio pays for it' };
    await analyst.closeAdjustment({ params: { adjustmentId: oldest.id }, body });
  }
}
