import { hash } from 'node:crypto';
import type { Secrets } from '../../../platform/secrets.ts';
import { hintOf, type IdentifierKind, normalise } from './normalise.ts';

/** What an account is known by, without saying what it is. */
export interface Identifier {
  readonly kind: IdentifierKind;
  /** UUID (version 8) of the brand, the kind and the value. */
  readonly key: string;
  /** Masked, for staff. */
  readonly hint: string;
}

export interface Identifiers {
  /** Undefined when the text is none of the kind: no address, no mailbox. */
  identify(brandId: string, kind: IdentifierKind, text: string): Identifier | undefined;
  /** The key alone. */
  keyOf(brandId: string, kind: IdentifierKind, text: string): string | undefined;
  /** The key of a network, in the one spelling of `readNetwork`. */
  keyOfNetwork(brandId: string, network: string): string;
}

const PEPPER_BYTES = 32;
const UTF8_BYTES_PER_UNIT = 3;
const MOST_PEPPERS = 10_000;

/**
 * Keys under a pepper for each brand and kind, which is an HMAC: the same device has nothing in common with itself in
 * another brand. Half of a digest of pepper and value is told, which is as good as an HMAC of each value and a fraction of its cost:
 * every activation asks for two.
 */
export function createIdentifiers(secrets: Secrets): Identifiers {
  const peppers = new Map<string, Buffer>();
  let scratch = Buffer.alloc(1024);

  function pepperOf(brandId: string, kind: IdentifierKind): Buffer {
    const name = `${brandId} ${kind}`;
    const kept = peppers.get(name);
    if (kept) return kept;
    if (peppers.size >= MOST_PEPPERS) peppers.clear();
    const pepper = secrets.mac('identifier', name);
    peppers.set(name, pepper);
    return pepper;
  }

  function keyOfValue(brandId: string, kind: IdentifierKind, value: string): string {
    const most = PEPPER_BYTES + value.length * UTF8_BYTES_PER_UNIT;
    if (scratch.length < most) scratch = Buffer.alloc(most);
    scratch.set(pepperOf(brandId, kind));
    const length = PEPPER_BYTES + scratch.write(value, PEPPER_BYTES);
    return uuidOf(hash('sha256', scratch.subarray(0, length), 'hex'));
  }

  return {
    keyOf(brandId, kind, text) {
      const value = normalise(kind, text);
      return value === undefined ? undefined : keyOfValue(brandId, kind, value);
    },
    keyOfNetwork: (brandId, network) => keyOfValue(brandId, 'address', network),
    identify(brandId, kind, text) {
      const value = normalise(kind, text);
      if (value === undefined) return undefined;
      return { kind, key: keyOfValue(brandId, kind, value), hint: hintOf(kind, value) };
    },
  };
}

/** Version 8 of RFC 9562 is for whoever makes their own. */
const uuidOf = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
