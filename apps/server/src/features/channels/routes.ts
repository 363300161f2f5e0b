import { getMessage, listMessages, resendMessage } from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { By } from './resend.ts';
import { findMessage, listOfMessages } from './views.ts';

const noMessage = refuse('not_found', 'There is no such message.');

export function mountMessages(
  { db, http }: Pick<Platform, 'db' | 'http'>,
  resend: (by: By, messageId: string) => Promise<Result<string>>,
): void {
  http.mount(listMessages, async ({ query }, { caller }) => {
    const page = await listOfMessages(db, caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(getMessage, async ({ params }, { caller }) => {
    const found = await findMessage(db, caller.brandId, params.messageId);
    return found ? reply(200, found) : noMessage;
  });

  http.mount(resendMessage, async ({ params }, { caller, requestId }) => {
    const { brandId, actor } = caller;
    const resent = await resend({ brandId, actor, requestId }, params.messageId);
    if (!resent.ok) return resent;
    const message = await findMessage(db, brandId, resent.value);
    return message ? reply(200, message) : noMessage;
  });
}
