import { hash, randomBytes } from 'node:crypto';
import type { ApiKeyKind } from '@promosmith/contract';

const PREFIX = { secret: 'ps_live_', publishable: 'ps_pub_' } as const satisfies Record<ApiKeyKind, string>;
const SHAPE = /^ps_(?:live|pub)_[A-Za-z0-9_-]{43}$/;
const HINT_LENGTH = 4;

/** A new key: its kind's prefix, which secret scanners know it by, and 256 random bits. */
export const newKeySecret = (kind: ApiKeyKind): string =>
  PREFIX[kind] + randomBytes(32).toString('base64url');

/** Whether the text can be a key at all. */
export const looksLikeKey = (text: string): boolean => SHAPE.test(text);

/** SHA-256 in base64: what is kept of a key, and what it is found by. */
export const keyHash = (secret: string): string => hash('sha256', secret, 'base64');

export const keyHint = (secret: string): string => secret.slice(-HINT_LENGTH);
