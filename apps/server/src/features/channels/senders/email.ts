import type { Socket } from 'node:net';
import type { RenderedEmail } from '@promosmith/core/content';
import { createTransport } from 'nodemailer';
import { failed, later, type Outgoing, type Sender, type SendResult, sent } from './sender.ts';
import { connect } from './socket.ts';

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string | null;
  readonly password: string | null;
  readonly from: { readonly name: string; readonly address: string };
  readonly replyTo: string | null;
  /** Signs every email; the key is PEM. */
  readonly dkim: { readonly domain: string; readonly selector: string; readonly privateKey: string } | null;
}

export interface EmailOptions {
  readonly allowPrivate: boolean;
  /** For connecting, the greeting, and each answer. */
  readonly timeoutMs: number;
}

const CONNECTIONS = 4;
const MESSAGES_PER_CONNECTION = 200;

/** Email over SMTP. The message's id is its Message-ID, so that a repetition is known as one. */
export function createEmailSender(settings: SmtpSettings, options: EmailOptions): Sender<RenderedEmail> {
  const { host, port, security, user, password, from, replyTo, dkim } = settings;
  const { allowPrivate, timeoutMs } = options;
  const transport = createTransport({
    pool: true,
    maxConnections: CONNECTIONS,
    maxMessages: MESSAGES_PER_CONNECTION,
    // What is tried again is tried by the queue, which remembers it.
    maxRequeues: 0,
    ...{ host, port },
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === null ? {} : { auth: { user, pass: password ?? '' } }),
    ...(dkim
      ? { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: dkim.privateKey } }
      : {}),
    getSocket: (
      _options: unknown,
      callback: (error: Error | null, found?: { connection: Socket }) => void,
    ) => {
      connect({ host, port, tls: false }, allowPrivate, timeoutMs).then(
        (connection) => callback(null, { connection }),
        (error: Error) => callback(error),
      );
    },
  });

  return {
    async send({ messageId, content, addresses, unsubscribeUrl, attachments }: Outgoing<RenderedEmail>) {
      const to = addresses[0]?.address;
      if (to === undefined) return failed('no address', true);
      try {
        const { messageId: reference } = await transport.sendMail({
          from,
          // As an object it is an address whatever is in it, never a list of them.
          to: { name: '', address: to },
          ...(replyTo === null ? {} : { replyTo }),
          subject: content.subject,
          text: content.text,
          html: content.html,
          messageId: `<${messageId}@${domainOf(from.address)}>`,
          attachments: attachments?.map((attachment) => ({ ...attachment })),
          headers: {
            ...(unsubscribeUrl !== undefined && {
              'List-Unsubscribe': `<${unsubscribeUrl}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
            'Content-Language': content.locale,
            'Auto-Submitted': 'auto-generated',
          },
        });
        return sent(reference);
      } catch (error) {
        return resultOf(error);
      }
    },
    async close() {
      transport.close();
    },
  };
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

const PATIENCE_MS = 60_000;

/** Errors about the mailbox or the message stay what they are; those about the connection pass. */
const IN_THE_MAIL: ReadonlySet<string> = new Set(['EENVELOPE', 'EMESSAGE']);

/** By the server's reply (RFC 5321 §4.2.1): 4yz passes, 5yz does not. */
function resultOf(error: unknown): SendResult {
  if (!(error instanceof Error)) throw error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const reply = 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : 0;
  // 421: the server is going away, or wants to be left alone for a while.
  if (reply === 421 || reply === 450 || reply === 451 || reply === 452)
    return later(error.message, PATIENCE_MS);
  // A password that is wrong may be put right: that is no fault of the message.
  if (code === 'EAUTH') return failed(error.message, false);
  return failed(error.message, reply >= 500 && IN_THE_MAIL.has(code));
}
