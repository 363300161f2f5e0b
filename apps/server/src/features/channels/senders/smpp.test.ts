import { describe, expect, it, test } from 'vitest';
import { anSms } from '../testing/outgoing.ts';
import { startSmsc } from '../testing/smsc.ts';
import { until } from '../testing/until.ts';
import type { Receipt } from './sender.ts';
import { createSmppSender, type SmppSettings } from './smpp.ts';
import type { LinkOptions } from './smpp-link.ts';

async function bench(options: Partial<LinkOptions & SmppSettings> = {}) {
  const smsc = await startSmsc();
  const receipts: Receipt[] = [];
  const known = new Set<string>();
  const sender = createSmppSender(
    {
      ...{ host: '127.0.0.1', port: smsc.port, tls: false, systemId: 'lucky', password: 'secret' },
      ...{ systemType: '', source: 'LuckyStar', perSecond: 1000, ...options },
    },
    { allowPrivate: true, timeoutMs: 1000, enquireEveryMs: 60_000, ...options },
    async (receipt) => {
      receipts.push(receipt);
      return known.has(receipt.reference);
    },
  );
  return {
    ...{ smsc, sender, receipts, known },
    async [Symbol.asyncDispose]() {
      await sender.close();
      await smsc[Symbol.asyncDispose]();
    },
  };
}

describe('an SMS by SMPP', () => {
  it('is handed over in the alphabet of GSM, with a receipt asked for', async () => {
    await using at = await bench();
    expect(await at.sender.send(anSms('Code: AB-12 für 5 € {now}'))).toEqual({
      kind: 'sent',
      references: ['m1'],
    });
    const [{ pdu, text } = expect.fail('nothing arrived')] = at.smsc.submitted;
    expect(text).toBe('Code: AB-12 für 5 € {now}');
    expect(pdu).toMatchObject({
      source_addr: 'LuckyStar',
      source_addr_ton: 5,
      destination_addr: '35699123456',
      dest_addr_ton: 1,
      data_coding: 0,
      registered_delivery: 1,
    });
  });

  test.each([
    ['of 161 letters', 'x'.repeat(161), 2],
    ['of 160 letters, one of them of two', `${'x'.repeat(159)}€`, 2],
    ['of 400 letters', 'abcdefghij'.repeat(40), 3],
    ['with emoji, none of them cut in two', '🎰'.repeat(80), 3],
    ['in Arabic', 'مرحبا '.repeat(20), 2],
  ])('%s comes in parts that telephones join', async (_, text, count) => {
    await using at = await bench();
    const message = anSms(text);
    const result = await at.sender.send(message);
    expect(result).toMatchObject({ kind: 'sent', references: { length: count } });
    expect(at.smsc.submitted.map((part) => part.text).join('')).toBe(text);
    const headers = at.smsc.submitted.map(({ pdu }) => [...(pdu.short_message?.udh?.[0] ?? [])]);
    const reference = Number.parseInt(message.messageId.slice(-2), 16);
    expect(headers).toEqual(headers.map((_header, n) => [0, 3, reference, count, n + 1]));
  });

  it('goes over one link, which is opened again when it broke', async () => {
    await using at = await bench();
    await Promise.all([at.sender.send(anSms()), at.sender.send(anSms()), at.sender.send(anSms())]);
    expect([at.smsc.submitted.length, at.smsc.binds()]).toEqual([3, 1]);
    at.smsc.answerNext('hang up');
    expect(await at.sender.send(anSms())).toMatchObject({ kind: 'failed', final: false });
    expect(await at.sender.send(anSms())).toMatchObject({ kind: 'sent' });
    expect(at.smsc.binds()).toBe(2);
  });

  test.each([
    ['throttles', 0x58, { kind: 'later' }],
    ['has a full queue', 0x14, { kind: 'later' }],
    ['has an error of its own', 0x08, { kind: 'failed', final: false }],
    ['does not know the number', 0x0b, { kind: 'failed', final: true }],
  ])('at an operator that %s', async (_, status, result) => {
    await using at = await bench();
    at.smsc.answerNext(status);
    expect(await at.sender.send(anSms())).toMatchObject(result);
  });

  it('at an operator that does not answer fails after a while, and the link is given up', async () => {
    await using at = await bench({ timeoutMs: 100 });
    at.smsc.answerNext(null);
    expect(await at.sender.send(anSms())).toMatchObject({ kind: 'failed', final: false });
    expect(await at.sender.send(anSms())).toMatchObject({ kind: 'sent' });
  });

  it('is not sent with a password that is wrong, and is once it is right', async () => {
    await using at = await bench({ password: 'wrong' });
    expect(await at.sender.send(anSms())).toMatchObject({
      kind: 'failed',
      final: false,
      reason: expect.stringContaining('0xe'),
    });
  });

  test.each(['', 'abc', '0049;30', '+'])('is not sent to %j', async (number) => {
    await using at = await bench();
    expect(await at.sender.send(anSms('x', number))).toMatchObject({ kind: 'failed', final: true });
    expect(at.smsc.submitted).toEqual([]);
  });
});

describe('a receipt', () => {
  it.each([
    ['DELIVRD', { outcome: 'delivered', reason: null }],
    ['UNDELIV', { outcome: 'failed', reason: 'undeliverable (error 012)' }],
  ])('in text that says %s', async (stat, told) => {
    await using at = await bench();
    await at.sender.send(anSms());
    at.known.add('m1');
    expect(await at.smsc.receipt('m1', stat)).toBe(0);
    expect(at.receipts).toEqual([{ reference: 'm1', ...told }]);
  });

  it('in optional parameters', async () => {
    await using at = await bench();
    await at.sender.send(anSms());
    at.known.add('m1');
    await at.smsc.receipt('m1', 'UNDELIV', true);
    expect(at.receipts).toEqual([{ reference: 'm1', outcome: 'failed', reason: 'undeliverable' }]);
  });

  it('of a message not known yet is asked for again, once', async () => {
    await using at = await bench();
    await at.sender.send(anSms());
    expect(await at.smsc.receipt('m1', 'DELIVRD')).toBe(0x64);
    expect(await at.smsc.receipt('m1', 'DELIVRD')).toBe(0);
  });

  it('on the way is no last word', async () => {
    await using at = await bench();
    await at.sender.send(anSms());
    expect(await at.smsc.receipt('m1', 'ENROUTE')).toBe(0);
    expect(at.receipts).toEqual([]);
  });
});

it('a link is kept awake', async () => {
  await using at = await bench({ enquireEveryMs: 20 });
  await at.sender.send(anSms());
  await until(() => at.smsc.enquiries() >= 2);
  expect(await at.sender.send(anSms())).toMatchObject({ kind: 'sent' });
  expect(at.smsc.binds()).toBe(1);
});
