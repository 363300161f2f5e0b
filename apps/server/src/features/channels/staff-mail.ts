import type { SenderPool } from './senders/pool.ts';
import type { Attachment, SendResult } from './senders/sender.ts';

/** An email to a member of staff. */
export interface StaffMail {
  readonly brandId: string;
  /** Of the email: the same at every attempt, so that a repetition is known as one. */
  readonly mailId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Sends it by the brand's email. Never throws for what the mail server does: that is a result. */
export type SendStaffMail = (mail: StaffMail) => Promise<SendResult>;

const TTL_SECONDS = 86_400;
const NOT_CONNECTED = 'No email channel is connected.';

const SPECIAL: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text: string): string => text.replace(/[&<>]/g, (symbol) => SPECIAL[symbol] ?? symbol);

export const createStaffMail =
  (senders: SenderPool): SendStaffMail =>
  async ({ brandId, mailId, to, subject, text, attachments }) => {
    const sender = await senders.get(brandId, 'email');
    if (!sender) return { kind: 'failed', reason: NOT_CONNECTED, final: false };
    const html = text
      .split('\n')
      .map((line) => `<p>${escaped(line)}</p>`)
      .join('');
    return sender.send({
      messageId: mailId,
      content: { channel: 'email', locale: 'en', direction: 'ltr', subject, text, html },
      addresses: [{ address: to }],
      ttlSeconds: TTL_SECONDS,
      attachments,
    });
  };
