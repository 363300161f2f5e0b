import type { ConnectedChannel } from '@promosmith/contract';
import type { Agent } from 'undici';
import type { Connection } from '../connections/service.ts';
import { createEmailSender } from './email.ts';
import { createGatewaySender } from './gateway.ts';
import { createPushSender } from './push.ts';
import type { Outgoing, Sender, SendResult, TakeReceipt } from './sender.ts';
import { createSmppSender } from './smpp.ts';
import { createTelegramSender } from './telegram.ts';

export interface SenderOptions {
  readonly allowPrivate: boolean;
  /** Connects where `allowPrivate` lets it. */
  readonly agent: Agent;
  readonly timeoutMs: number;
  readonly enquireEveryMs: number;
}

/** A sender of some channel: what is handed to it must have been rendered for that channel. */
export interface AnySender {
  send(message: Outgoing): Promise<SendResult>;
  close(): Promise<void>;
}

/**
 * Makes the sender of a connection.
 * @throws when a secret is missing, which no stored connection lacks.
 */
export function createSender(
  { settings, secrets }: Connection,
  options: SenderOptions,
  takeReceipt: TakeReceipt,
): AnySender {
  switch (settings.kind) {
    case 'smtp': {
      const { dkim, ...smtp } = settings;
      const privateKey = secrets.dkimKey ?? '';
      return forContent(
        'email',
        createEmailSender(
          { ...smtp, password: secrets.password ?? null, dkim: dkim && { ...dkim, privateKey } },
          options,
        ),
      );
    }
    case 'vapid':
      return forContent(
        'push',
        createPushSender({ subject: settings.subject, keys: present(secrets.vapidKeys) }, options),
      );
    case 'telegram':
      return forContent(
        'telegram',
        createTelegramSender({ apiUrl: settings.apiUrl, botToken: present(secrets.botToken) }, options),
      );
    case 'smpp':
      return forContent(
        'sms',
        createSmppSender({ ...settings, password: present(secrets.password) }, options, takeReceipt),
      );
    case 'http':
      return forContent(
        'sms',
        createGatewaySender({ ...settings, headers: present(secrets.headers) }, options),
      );
  }
}

function present<T>(secret: T | undefined): T {
  if (secret === undefined) throw new Error('a connection was stored without its secret');
  return secret;
}

type ContentOf<Channel extends ConnectedChannel> = Extract<Outgoing['content'], { channel: Channel }>;

const isOf = <Channel extends ConnectedChannel>(
  message: Outgoing,
  channel: Channel,
): message is Outgoing<ContentOf<Channel>> => message.content.channel === channel;

function forContent<Channel extends ConnectedChannel>(
  channel: Channel,
  sender: Sender<ContentOf<Channel>>,
): AnySender {
  return {
    async send(message) {
      if (!isOf(message, channel))
        throw new TypeError(`a message of ${message.content.channel} was handed to ${channel}`);
      return sender.send(message);
    },
    close: sender.close,
  };
}
