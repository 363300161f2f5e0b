import { type GatewayReceipts, receiveSmsReceipts } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Connections } from './connections/service.ts';
import type { Settle } from './queue/settle.ts';
import { readReceiptToken } from './receipt-links.ts';
import { receiptsOf } from './senders/gateway-receipts.ts';

/** @returns undefined for a token that is no connection's. */
async function sentBy(
  { db, secrets }: Pick<Platform, 'db' | 'secrets'>,
  connections: Connections,
  token: string,
): Promise<{ brandId: string; names: GatewayReceipts } | undefined> {
  const told = readReceiptToken(secrets, token);
  const connection = told && (await connections.find(db, told.brandId, 'sms'));
  if (connection?.settings.kind !== 'http' || connection.settings.receipts === null) return undefined;
  if (!told?.opens(connection.createdAt)) return undefined;
  return { brandId: told.brandId, names: connection.settings.receipts };
}

const nowhere = refuse('not_found', 'This leads nowhere.');
const unreadable = refuse('malformed', 'The body is neither JSON nor a form, or tells of too much at once.');
/** A receipt may come before the answer that named the message. */
const unknown = refuse('not_found', 'There is no such message, or not yet: tell again later.');

export function mountReceipts(
  platform: Pick<Platform, 'db' | 'http' | 'secrets'>,
  connections: Connections,
  settle: Settle,
): void {
  platform.http.mount(receiveSmsReceipts, async ({ params, headers, rawBody }) => {
    const sender = await sentBy(platform, connections, params.token);
    if (!sender) return nowhere;
    const { brandId, names } = sender;
    const receipts = receiptsOf(names, headers['content-type'] ?? '', rawBody.toString('utf8'));
    if (!receipts) return unreadable;
    const known: boolean[] = [];
    for (const receipt of receipts) known.push(await settle.receipt({ brandId, channel: 'sms' }, receipt));
    return known.includes(false) ? unknown : reply(204, undefined);
  });
}
