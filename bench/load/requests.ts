import { type LoadPlan, playerName, playerNetwork } from './plan.ts';

/** Makes the n-th request of a run as it goes over the wire. Everything that does not differ is put together once. */
export function requestMaker({ url, shape, players, codes }: LoadPlan): (n: number) => string {
  const { host } = new URL(url);
  const body = (n: number): string => {
    const code = codes[codes.length === 1 ? 0 : n];
    if (code === undefined) throw new Error(`there is no code for request ${n}`);
    const player = players.first + (n % players.count);
    return shape.body
      .replaceAll('{player}', playerName(players, player))
      .replace('{network}', playerNetwork(player))
      .replace('{code}', code);
  };
  const head =
    `${shape.method} ${shape.path} HTTP/1.1\r\nhost: ${host}\r\nauthorization: Bearer ${shape.key}\r\n` +
    `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body(0))}\r\nidempotency-key: ${shape.run}-`;
  return (n) => `${head}${n}\r\n\r\n${body(n)}`;
}
