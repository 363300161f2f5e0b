import type { Result } from '@promosmith/core';
import { ConfigError } from '../platform/config.ts';
import { DataDirectoryInUseError } from '../platform/embedded-postgres/index.ts';
import { WrongSecretKeyError } from '../platform/key-check.ts';
import { MigrationHistoryError } from '../platform/migrations.ts';
import { ServerProcessError } from '../platform/processes/index.ts';

/** A command that cannot do what it was asked, for a reason the operator can mend. */
export class CommandError extends Error {
  override name = 'CommandError';
}

/** The value of a result. @throws CommandError with the words of the refusal. */
export function orFail<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new CommandError(result.refusal.message);
}

const expected = [
  CommandError,
  ConfigError,
  DataDirectoryInUseError,
  MigrationHistoryError,
  ServerProcessError,
  WrongSecretKeyError,
];

/** What to print about a failure: the message alone when the operator can act on it, the whole stack when it is a bug. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (expected.some((kind) => error instanceof kind)) return error.message;
  const { code, address, port }: NodeJS.ErrnoException & { address?: string; port?: number } = error;
  if (code === 'EADDRINUSE')
    return `Another program uses port ${port} of ${address}; choose one with --port.`;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND')
    return `The database of DATABASE_URL cannot be reached: ${error.message}`;
  return error.stack ?? error.message;
}
