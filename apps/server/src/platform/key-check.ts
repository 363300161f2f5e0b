import type { Queryable } from './db.ts';
import type { Secrets } from './secrets.ts';

/** The secret key is not the one the database was made with. */
export class WrongSecretKeyError extends Error {
  override name = 'WrongSecretKeyError';
  constructor() {
    super(
      'SECRET_KEY is not the key this database was made with: its codes could not be found and its secrets not be read. ' +
        'Set SECRET_KEY, or restore DATA_DIR/secret.key, to what it was.',
    );
  }
}

const TEXT = 'promosmith installation';

/** Whether the database belongs to this key; a database that belongs to none yet does not count as another's. */
export async function belongsToKey(db: Queryable, secrets: Secrets): Promise<boolean> {
  const { rows } = await db.query<{ key_check: Buffer }>('select key_check from installation');
  return rows.every(({ key_check }) => key_check.equals(secrets.mac('installation', TEXT)));
}

/**
 * Binds a new database to the key, and refuses one that is bound to another.
 * @throws WrongSecretKeyError
 */
export async function bindToKey(db: Queryable, secrets: Secrets): Promise<void> {
  await db.query(
    'insert into installation (installation_id, key_check) values (1, $1) on conflict do nothing',
    [secrets.mac('installation', TEXT)],
  );
  if (!(await belongsToKey(db, secrets))) throw new WrongSecretKeyError();
}
