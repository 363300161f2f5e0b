import type { RenderedTelegram } from '@promosmith/core/content';
import { type Agent, request } from 'undici';
import { z } from 'zod';
import { failed, later, type Outgoing, type Sender, type SendResult, sent } from './sender.ts';

export interface TelegramSettings {
  /** Without a slash at its end. */
  readonly apiUrl: string;
  readonly botToken: string;
}

export interface TelegramOptions {
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** Every answer of the Bot API. */
const Answer = z.object({
  ok: z.boolean(),
  result: z.object({ message_id: z.number() }).optional(),
  description: z.string().optional(),
  parameters: z
    .object({ retry_after: z.number().optional(), migrate_to_chat_id: z.number().optional() })
    .optional(),
});

const SECOND_MS = 1000;
const DEFAULT_PATIENCE_MS = 5000;

/** Messages of a bot, by the Bot API's `sendMessage`. The text is sent as it is: no markup in it is read. */
export function createTelegramSender(
  settings: TelegramSettings,
  options: TelegramOptions,
): Sender<RenderedTelegram> {
  return {
    async send({ content, addresses }: Outgoing<RenderedTelegram>) {
      const chat = addresses[0]?.address;
      if (chat === undefined) return failed('no chat', true);
      const { text, button } = content;
      try {
        const answer = await request(`${settings.apiUrl}/bot${settings.botToken}/sendMessage`, {
          dispatcher: options.agent,
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({
            chat_id: chat,
            text,
            ...(button
              ? { reply_markup: { inline_keyboard: [[{ text: button.label, url: button.url }]] } }
              : {}),
          }),
          signal: AbortSignal.timeout(options.timeoutMs),
        });
        return resultOf(chat, answer.statusCode, await answer.body.text());
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error), false);
      }
    },
    async close() {},
  };
}

function resultOf(chat: string, status: number, text: string): SendResult {
  const answer = Answer.safeParse(parsed(text));
  if (!answer.success) return failed(`answered ${status}, and not as the Bot API does`, false);
  const { ok, result, description = `answered ${status}`, parameters } = answer.data;
  if (ok && result) return sent(String(result.message_id));
  if (status === 429)
    return later(description, (parameters?.retry_after ?? 0) * SECOND_MS || DEFAULT_PATIENCE_MS);
  // The player blocked the bot or closed the account: they want no more of it.
  if (status === 403) return failed(description, true, [chat]);
  // 401 and 404 speak of the token, which may be put right.
  return failed(description, status === 400);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
