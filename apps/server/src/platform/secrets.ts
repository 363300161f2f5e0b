import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** The keys derived from the server's one secret key, each for its own purpose. */
export interface Secrets {
  /** AES-256-GCM: iv ‖ tag ‖ ciphertext. */
  encrypt(plain: string): Buffer;
  /** @throws when the text was not encrypted under this server's key. */
  decrypt(sealed: Buffer): string;
  /** HMAC-SHA256 under the pepper of `purpose`. */
  mac(purpose: string, text: string): Buffer;
  /** Raw 32-byte key of `purpose`, for libraries that want their own. */
  key(purpose: string): Buffer;
}

/** @param secretKey 32 bytes; everything encrypted or hashed depends on it, so it must never be lost. */
export function openSecrets(secretKey: Buffer): Secrets {
  if (secretKey.length !== 32) throw new RangeError('the secret key must be 32 bytes');
  // Key objects, because raw bytes are made into one at every call: that is six times the cost of a short MAC.
  const derived = new Map<string, KeyObject>();
  const keyFor = (purpose: string): KeyObject => {
    let found = derived.get(purpose);
    if (!found) {
      const bytes = Buffer.from(hkdfSync('sha256', secretKey, 'promosmith', purpose, 32));
      found = createSecretKey(bytes);
      derived.set(purpose, found);
    }
    return found;
  };
  const storage = keyFor('storage');
  const nextIv = ivSource();

  return {
    key: (purpose) => keyFor(purpose).export(),
    mac: (purpose, text) => createHmac('sha256', keyFor(purpose)).update(text).digest(),
    encrypt(plain) {
      const iv = nextIv();
      const cipher = createCipheriv('aes-256-gcm', storage, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]);
    },
    decrypt(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', storage, sealed.subarray(0, IV_BYTES));
      decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return (
        decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
  };
}

const IVS_AT_ONCE = 1_024;

/** Random bytes cost a system call however few they are, so they are drawn for many encryptions at once. */
function ivSource(): () => Buffer {
  let pool = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at === pool.length) {
      pool = randomBytes(IV_BYTES * IVS_AT_ONCE);
      at = 0;
    }
    at += IV_BYTES;
    return pool.subarray(at - IV_BYTES, at);
  };
}
