import { type BetsPlan, type LoadPlan, playerName } from './plan.ts';

/** A step that meets every player of a caller once before any of them again, in no order that storage has. */
const STRIDE = 7_919;

/**
 * Makes the requests of one of several callers. Each tells of its own players only, as a platform does that reads bets
 * from a log in partitions: what a player does is told in order.
 */
export function betsMaker(
  { url, shape, players, callers }: LoadPlan,
  bets: BetsPlan,
  caller: number,
): () => string {
  const { host } = new URL(url);
  const own = Math.floor(players.count / callers);
  const head = `${shape.method} ${shape.path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${shape.key}\r\ncontent-type: application/json\r\ncontent-length: `;
  let told = 0;

  const event = (n: number, time: string): string => {
    const player = playerName(players, players.first + caller * own + ((n * STRIDE) % own));
    const id = `${shape.run}-${caller}-${n}`;
    // Whoever loses one bet wins the next: nobody runs out of money.
    const win = Math.floor(n / own) % 2 === 0 ? 0 : 2 * bets.stake;
    return `{"id":"${id}","type":"bet.settled","time":"${time}","player":"${player}","data":{"betId":"${id}","roundId":"${id}","game":"book-of-suns","category":"slots","provider":"sunny","stake":${bets.stake},"win":${win},"currency":"${bets.currency}"}}`;
  };

  return () => {
    const time = new Date().toISOString();
    const events: string[] = [];
    for (let i = 0; i < bets.perRequest; i++) events.push(event(told++, time));
    const body = `{"events":[${events.join(',')}]}`;
    return `${head}${body.length}\r\n\r\n${body}`;
  };
}
