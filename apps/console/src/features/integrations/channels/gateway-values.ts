import type { Input, Settings } from './kinds.ts';
import { orNull } from './kinds.ts';

type Gateway = Extract<Settings, { kind: 'http' }>;
type GatewayInput = Extract<Input, { kind: 'http' }>;

/** A gateway as its form holds it: lists are texts, and what is left out is empty. */
export interface GatewayValues {
  url: string;
  method: 'POST' | 'PUT';
  body: string;
  /** `null` leaves those there are, whose values nobody sees. */
  headers: { name: string; value: string }[] | null;
  statuses: string[];
  field: string;
  equals: string;
  reference: string;
  tellsReceipts: boolean;
  receipts: {
    items: string;
    reference: string;
    status: string;
    delivered: string[];
    failed: string[];
    reason: string;
  };
}

const BODY = '{"to":"{{ message.to }}","text":"{{ message.text }}","id":"{{ message.id }}"}';

export function valuesOf(there: Gateway | undefined): GatewayValues {
  const receipts = there?.receipts;
  return {
    ...{ url: there?.url ?? '', method: there?.method ?? 'POST', body: there?.body ?? BODY },
    headers: there ? null : [],
    statuses: (there?.success.statuses ?? [200, 201, 202]).map(String),
    field: there?.success.field ?? '',
    equals: there?.success.equals ?? '',
    reference: there?.success.reference ?? '',
    tellsReceipts: Boolean(receipts),
    receipts: {
      ...{ items: receipts?.items ?? '', reference: receipts?.reference ?? 'id' },
      ...{ status: receipts?.status ?? 'status', reason: receipts?.reason ?? '' },
      ...{ delivered: receipts?.delivered ?? ['delivered'], failed: receipts?.failed ?? ['failed'] },
    },
  };
}

/**
 * What the server says of each field, by the form's names: what tells that a message was taken stands among the others,
 * and a list is one field.
 */
export const gatewayFaults = (faults: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(faults).map(([field, reason]) => [
      field.replace(/^success\./, '').replace(/\.\d+$/, ''),
      reason,
    ]),
  );

export function inputOf({ headers, statuses, receipts, ...values }: GatewayValues): GatewayInput {
  const { url, method, body, field, equals, reference, tellsReceipts } = values;
  return {
    ...{ kind: 'http', url, method, body },
    ...(headers === null
      ? {}
      : { headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])) }),
    success: {
      statuses: statuses.map(Number),
      ...{ field: orNull(field), equals: orNull(equals), reference: orNull(reference) },
    },
    receipts: tellsReceipts
      ? { ...receipts, items: orNull(receipts.items), reason: orNull(receipts.reason) }
      : null,
  };
}
