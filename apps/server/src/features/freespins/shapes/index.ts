import type { ProviderShape } from '@promosmith/contract';
import { formsha1 } from './formsha1.ts';
import { hmac256 } from './hmac256.ts';
import { md5query } from './md5query.ts';
import type { FreeRoundAdapter } from './shape.ts';

export type {
  Amount,
  Ask,
  FreeRoundAdapter,
  ProviderAccount,
  ProviderAnswer,
  SpinsCallback,
  SpinsOrder,
} from './shape.ts';

export const ADAPTERS: Readonly<Record<ProviderShape, FreeRoundAdapter>> = { hmac256, formsha1, md5query };
