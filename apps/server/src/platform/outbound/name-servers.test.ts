import { createSocket, type Socket } from 'node:dgram';
import dns from 'node:dns';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { askNameServers } from './name-servers.ts';

const A = 1;
const AAAA = 28;
const HEADER_BYTES = 12;
const NO_SUCH_NAME = 3;

/** What the name server below knows, by name and type of record. */
const RECORDS: Record<string, Buffer> = {
  [`both.example ${A}`]: Buffer.from([192, 0, 2, 7]),
  [`both.example ${AAAA}`]: Buffer.from('20010db8000000000000000000000007', 'hex'),
  [`new.example ${AAAA}`]: Buffer.from('20010db8000000000000000000000008', 'hex'),
};

const namesAsked: string[] = [];

let server: Socket;
let resolver: dns.promises.Resolver;
beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (question, { port, address }) => {
    const answer = answerTo(question);
    if (answer) server.send(answer, port, address);
  });
  server.bind(0, '127.0.0.1');
  await once(server, 'listening');
  resolver = new dns.promises.Resolver({ timeout: 100, tries: 1 });
  resolver.setServers([`127.0.0.1:${server.address().port}`]);
});
afterAll(() => server.close());

/** RFC 1035 in a nutshell: one question, at most one record. Says nothing about `silent.example`. */
function answerTo(question: Buffer): Buffer | undefined {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = question[at] ?? 0; length > 0; length = question[at] ?? 0) {
    labels.push(question.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  const name = labels.join('.').toLowerCase();
  namesAsked.push(name);
  if (name === 'silent.example') return undefined;
  const type = question.readUInt16BE(at + 1);
  const record = RECORDS[`${name} ${type}`];
  const isKnown = Object.keys(RECORDS).some((known) => known.startsWith(`${name} `));
  const header = Buffer.alloc(HEADER_BYTES);
  question.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (isKnown ? 0 : NO_SUCH_NAME), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(record ? 1 : 0, 6);
  const asked = question.subarray(HEADER_BYTES, at + 5);
  if (!record) return Buffer.concat([header, asked]);
  const fields = Buffer.from([0xc0, HEADER_BYTES, 0, type, 0, 1, 0, 0, 0, 60, 0, record.length]);
  return Buffer.concat([header, asked, fields, record]);
}

const lookUp = (name: string): Promise<dns.LookupAddress[]> =>
  new Promise((resolve, reject) =>
    askNameServers(resolver)(name, { all: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    ),
  );

test('finds the addresses of both families', async () => {
  expect(await lookUp('both.example')).toEqual([
    { address: '192.0.2.7', family: 4 },
    { address: '2001:db8::7', family: 6 },
  ]);
});

test('finds a name that has addresses of one family only', async () => {
  expect(await lookUp('new.example')).toEqual([{ address: '2001:db8::8', family: 6 }]);
});

test.each([
  ['nowhere.example', 'ENOTFOUND'],
  ['silent.example', 'ETIMEOUT'],
  ['NEVER.Invalid.', 'ENOTFOUND'],
])('%s fails with %s', async (name, code) => {
  await expect(lookUp(name)).rejects.toMatchObject({ code });
});

test('asks nobody about a name that never exists', async () => {
  await expect(lookUp('never.invalid')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  await expect(lookUp('nowhere.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  expect(namesAsked).toContain('nowhere.example');
  expect(namesAsked).not.toContain('never.invalid');
});
