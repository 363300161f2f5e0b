import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Role } from '@promosmith/contract';

export type SecretName = 'key' | 'password' | `${Role}-password` | 'casino-key' | 'casino-publishable-key';

/** What the demo must be able to show again: small files in the data folder that only their owner may read. */
export interface KeptSecrets {
  read(name: SecretName): string | undefined;
  write(name: SecretName, secret: string): void;
}

export function createKeptSecrets(dataDir: string): KeptSecrets {
  const fileOf = (name: SecretName): string => join(dataDir, `demo.${name}`);
  return {
    read(name) {
      try {
        return readFileSync(fileOf(name), 'utf8');
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
        throw error;
      }
    },
    write: (name, secret) => writeFileSync(fileOf(name), secret, { mode: 0o600 }),
  };
}
