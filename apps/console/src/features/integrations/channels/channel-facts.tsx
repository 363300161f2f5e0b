import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Copyable, Facts, When } from '../../../kit/index.ts';
import type { Connection, Settings } from './kinds.ts';

/** How a channel is reached; what is secret is never shown. */
export function ChannelFacts({ of: { settings, updatedAt } }: { of: Connection }) {
  const { t } = useTranslation('integrations');
  return (
    <Facts
      of={[...factsOf(settings, t), [t('changed'), <When key="changed" at={updatedAt} style="full" />]]}
    />
  );
}

function factsOf(settings: Settings, t: TFunction<'integrations'>): (readonly [string, ReactNode])[] {
  const stored = (is: boolean) => t(is ? 'stored' : 'none');
  switch (settings.kind) {
    case 'smtp':
      return [
        [
          t('email.server'),
          `${settings.host}:${settings.port} (${t(`email.securities.${settings.security}`)})`,
        ],
        [t('email.from'), `${settings.from.name} <${settings.from.address}>`],
        [t('email.user'), settings.user],
        [t('password'), stored(settings.hasPassword)],
        [t('email.dkim'), settings.dkim && `${settings.dkim.selector}._domainkey.${settings.dkim.domain}`],
      ];
    case 'vapid':
      return [
        [t('push.subject'), settings.subject],
        [
          t('push.publicKey'),
          <Copyable key="k" text={settings.publicKey} shown={`${settings.publicKey.slice(0, 16)}…`} />,
        ],
      ];
    case 'telegram':
      return [
        [t('telegram.api'), settings.apiUrl],
        [t('telegram.token'), stored(true)],
      ];
    case 'smpp':
      return [
        [t('sms.kind'), t('sms.kinds.smpp')],
        [t('email.server'), `${settings.host}:${settings.port}${settings.tls ? ' (TLS)' : ''}`],
        [t('sms.systemId'), settings.systemId],
        [t('sms.source'), settings.source],
        [t('sms.perSecond'), settings.perSecond],
      ];
    case 'http':
      return [
        [t('sms.kind'), t('sms.kinds.http')],
        [t('url'), `${settings.method} ${settings.url}`],
        [t('sms.headers'), settings.headerNames.join(', ')],
        [t('sms.receipts'), t(settings.receipts ? 'sms.told' : 'sms.notTold')],
      ];
  }
}
