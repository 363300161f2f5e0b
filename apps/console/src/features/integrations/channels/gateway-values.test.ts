import { expect, test } from 'vitest';
import { gatewayFaults, inputOf, valuesOf } from './gateway-values.ts';

const GATEWAY = {
  kind: 'http' as const,
  url: 'https://sms.example/send',
  method: 'PUT' as const,
  contentType: 'application/json' as const,
  body: '{"to":"{{ message.to }}"}',
  success: { statuses: [200], field: 'status', equals: 'ok', reference: 'id' },
  receipts: {
    ...{ items: null, reference: 'id', status: 'state' },
    ...{ delivered: ['done'], failed: ['lost', 'expired'], reason: 'why' },
  },
  headerNames: ['X-Api-Key'],
};

test('what nobody touched is sent as it was, and the headers nobody sees stay', () => {
  const { contentType: _, headerNames: __, ...sent } = GATEWAY;
  expect(inputOf(valuesOf(GATEWAY))).toEqual(sent);
});

test('a gateway that tells nothing later has no receipts', () => {
  expect(inputOf({ ...valuesOf(GATEWAY), tellsReceipts: false }).receipts).toBeNull();
});

test('headers that are entered replace those there are', () => {
  const headers = [{ name: 'X-Api-Key', value: 'secret' }];
  expect(inputOf({ ...valuesOf(undefined), headers }).headers).toEqual({ 'X-Api-Key': 'secret' });
});

test('what is wrong is told at the fields that the form has', () => {
  const faults = { 'success.statuses.1': 'a', 'success.field': 'b', 'receipts.failed.0': 'c', url: 'd' };
  expect(gatewayFaults(faults)).toEqual({ statuses: 'a', field: 'b', 'receipts.failed': 'c', url: 'd' });
});
