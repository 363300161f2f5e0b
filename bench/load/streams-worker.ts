import { Agent, request } from 'node:http';
import type { StreamsPlan, StreamsTold } from './streams.ts';

const AT_ONCE = 20;

let open = 0;
const arrivals: [token: number, at: number][] = [];
const tell = (): void => {
  const told: StreamsTold = { open, arrivals };
  process.send?.(told);
};

function connect(url: string, [nth, token]: readonly [number, string], agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'last-event-id': '0' };
    request(`${url}/v1/me/stream`, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`the stream answered ${answer.statusCode}`));
      answer.setEncoding('utf8');
      // The first line comes when the server has the connection in its books.
      answer.once('data', () => {
        open++;
        resolve();
      });
      answer.on('data', (text: string) => {
        const at = performance.timeOrigin + performance.now();
        for (const _ of text.matchAll(/event: message/g)) arrivals.push([nth, at]);
      });
      answer.on('close', () => {
        open--;
      });
    })
      .on('error', reject)
      .end();
  });
}

async function hold({ url, tokens }: StreamsPlan): Promise<void> {
  const agent = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
  const waiting = [...tokens.entries()];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let token = waiting.pop(); token; token = waiting.pop()) await connect(url, token, agent);
    }),
  );
  tell();
}

process.on('message', (plan: StreamsPlan | 'how many') => {
  if (plan === 'how many') tell();
  else void hold(plan);
});
