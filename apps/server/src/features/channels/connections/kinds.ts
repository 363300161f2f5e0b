import type { ChannelConnectionInput, ChannelSettings, ConnectedChannel } from '@promosmith/contract';
import { type Refusal, refuse } from '@promosmith/core';
import { gatewayBody } from '../senders/gateway.ts';
import { newVapidKeys, type VapidKeys } from '../senders/push.ts';

export type Kind = ChannelConnectionInput['kind'];

export const CHANNEL_OF = {
  smtp: 'email',
  vapid: 'push',
  telegram: 'telegram',
  smpp: 'sms',
  http: 'sms',
} as const satisfies Record<Kind, ConnectedChannel>;

/** What is kept of a connection in plain text. */
export type Settings =
  | Omit<Extract<ChannelConnectionInput, { kind: 'smtp' }>, 'password' | 'dkimKey'>
  | Extract<ChannelConnectionInput, { kind: 'vapid' }>
  | Omit<Extract<ChannelConnectionInput, { kind: 'telegram' }>, 'botToken'>
  | Omit<Extract<ChannelConnectionInput, { kind: 'smpp' }>, 'password'>
  | Omit<Extract<ChannelConnectionInput, { kind: 'http' }>, 'headers'>;

/** What is kept encrypted. */
export interface ChannelSecrets {
  readonly password?: string | undefined;
  readonly dkimKey?: string | undefined;
  readonly botToken?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** The present pair first, then the one before. */
  readonly vapidKeys?: readonly [VapidKeys, ...VapidKeys[]] | undefined;
}

export interface Parted {
  readonly settings: Settings;
  readonly secrets: ChannelSecrets;
}

export function partsOf(input: ChannelConnectionInput): Parted {
  switch (input.kind) {
    case 'smtp': {
      const { password, dkimKey, ...settings } = input;
      return { settings, secrets: { password, dkimKey } };
    }
    case 'vapid':
      return { settings: input, secrets: {} };
    case 'telegram': {
      const { botToken, ...settings } = input;
      return { settings, secrets: { botToken } };
    }
    case 'smpp': {
      const { password, ...settings } = input;
      return { settings, secrets: { password } };
    }
    case 'http': {
      const { headers, ...settings } = input;
      return { settings, secrets: { headers } };
    }
  }
}

/** Whom the secrets of a connection are shown to. */
function shownTo(settings: Settings): string {
  switch (settings.kind) {
    case 'smtp':
      return `${settings.host}:${settings.port} ${settings.security} ${settings.user}`;
    case 'smpp':
      return `${settings.host}:${settings.port} ${settings.tls} ${settings.systemId}`;
    case 'telegram':
      return settings.apiUrl;
    case 'http':
      return settings.url;
    case 'vapid':
      return '';
  }
}

/** The secrets that stay when a connection is changed without telling them again. */
export function keptSecrets(before: Parted | undefined, { settings, secrets }: Parted): ChannelSecrets {
  if (before?.settings.kind !== settings.kind)
    return settings.kind === 'vapid' ? { vapidKeys: [newVapidKeys()] } : secrets;
  const old = before.secrets;
  const same = shownTo(before.settings) === shownTo(settings);
  return {
    password: secrets.password ?? (same ? old.password : undefined),
    botToken: secrets.botToken ?? (same ? old.botToken : undefined),
    headers: secrets.headers ?? (same ? old.headers : undefined),
    // Signs here, and is shown to nobody.
    dkimKey: secrets.dkimKey ?? old.dkimKey,
    vapidKeys: old.vapidKeys,
  };
}

const missing = (field: string): Refusal =>
  refuse('invalid_request', `${field}: is needed, as what it is shown to is new`, [
    { field, reason: 'is needed, as what it is shown to is new' },
  ]).refusal;

/** Why a connection cannot be kept as it is; undefined when it can. */
export function faultOf({ settings, secrets }: Parted): Refusal | undefined {
  switch (settings.kind) {
    case 'smtp':
      if (settings.user !== null && secrets.password === undefined) return missing('password');
      return settings.dkim && secrets.dkimKey === undefined ? missing('dkimKey') : undefined;
    case 'telegram':
      return secrets.botToken === undefined ? missing('botToken') : undefined;
    case 'smpp':
      return secrets.password === undefined ? missing('password') : undefined;
    case 'http':
      return secrets.headers === undefined ? missing('headers') : bodyFault(settings.body);
    case 'vapid':
      return undefined;
  }
}

const SAMPLE = {
  to: '+35699123456',
  text: 'a "text"\nof two lines',
  id: '019c0000-0000-7000-8000-000000000000',
};

function bodyFault(template: string): Refusal | undefined {
  const rendering = gatewayBody(template, SAMPLE);
  if (rendering.ok) return undefined;
  const { message, line, column } = rendering.problem;
  const reason = line === undefined ? message : `line ${line}, column ${column}: ${message}`;
  return refuse('template_invalid', `body: ${reason}`, [{ field: 'body', reason }]).refusal;
}

/** As it is shown: of the secrets only whether there are any. */
export function shownSettings({ settings, secrets }: Parted): ChannelSettings {
  switch (settings.kind) {
    case 'smtp':
      return {
        ...settings,
        hasPassword: secrets.password !== undefined,
        hasDkimKey: secrets.dkimKey !== undefined,
      };
    case 'vapid':
      return { ...settings, publicKey: secrets.vapidKeys?.[0].publicKey ?? '' };
    case 'http':
      return { ...settings, headerNames: Object.keys(secrets.headers ?? {}) };
    case 'telegram':
    case 'smpp':
      return settings;
  }
}
