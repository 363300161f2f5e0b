import type { RenderedEmail, RenderedPush, RenderedSms, RenderedTelegram } from '@promosmith/core/content';
import { newId } from '../../../platform/ids.ts';
import type { Outgoing } from '../senders/sender.ts';

const READER = { locale: 'de', direction: 'ltr' } as const;

const outgoing = <Content extends Outgoing['content']>(
  content: Content,
  addresses: Outgoing['addresses'],
): Outgoing<Content> => ({
  messageId: newId(),
  content,
  addresses,
  ttlSeconds: 3600,
  unsubscribeUrl: 'https://promo.example/v1/unsubscribe/abc',
});

export const anEmail = (to = 'player@example.com', differences: Partial<RenderedEmail> = {}) =>
  outgoing<RenderedEmail>(
    {
      ...READER,
      channel: 'email',
      subject: 'Grüße von Lucky Star ✨',
      html: '<p>Ihr Code: <b>AB-12</b></p>',
      text: 'Ihr Code: AB-12',
      ...differences,
    },
    [{ address: to }],
  );

export const aPush = (addresses: Outgoing['addresses']) =>
  outgoing<RenderedPush>(
    {
      ...READER,
      channel: 'push',
      title: 'Freispiele',
      body: '20 für Sie',
      icon: null,
      url: 'https://casino.example/',
    },
    addresses,
  );

export const aTelegram = (chat = '42') =>
  outgoing<RenderedTelegram>(
    {
      ...READER,
      channel: 'telegram',
      text: 'Ihr Code: <b>AB_12*</b>',
      button: { label: 'Spielen', url: 'https://casino.example/' },
    },
    [{ address: chat }],
  );

export const anSms = (text = 'Ihr Code: AB-12', to = '+35699123456') =>
  outgoing<RenderedSms>({ ...READER, channel: 'sms', text }, [{ address: to }]);
