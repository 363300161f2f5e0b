import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Name = 'key' | 'password';

/** What the demo must be able to show again: small files in the data folder that only their owner may read. */
export interface KeptSecrets {
  read(name: Name): string | undefined;
  write(name: Name, secret: string): void;
}

export function createKeptSecrets(dataDir: string): KeptSecrets {
  const fileOf = (name: Name): string => join(dataDir, `demo.${name}`);
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
