import {
  type Icon,
  IconBell,
  IconBrandTelegram,
  IconDeviceMobileMessage,
  IconInbox,
  IconMail,
  IconMessage,
} from '@tabler/icons-react';
import type { Channel } from './document/types.ts';

export const CHANNEL_ICONS: Readonly<Record<Channel, Icon>> = {
  popup: IconMessage,
  inbox: IconInbox,
  email: IconMail,
  push: IconBell,
  telegram: IconBrandTelegram,
  sms: IconDeviceMobileMessage,
};
