import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { belongsToKey, bindToKey, WrongSecretKeyError } from './key-check.ts';
import { openSecrets } from './secrets.ts';
import { createTestDatabase } from './testing/index.ts';

it('binds a new database to its key, takes that key again and no other', async () => {
  const { db, drop } = await createTestDatabase();
  const [ours, theirs] = [openSecrets(randomBytes(32)), openSecrets(randomBytes(32))];
  try {
    expect(await belongsToKey(db, ours)).toBe(true);
    await Promise.all([bindToKey(db, ours), bindToKey(db, ours)]);
    await bindToKey(db, ours);
    await expect(bindToKey(db, theirs)).rejects.toThrow(WrongSecretKeyError);
    expect([await belongsToKey(db, ours), await belongsToKey(db, theirs)]).toEqual([true, false]);
  } finally {
    await drop();
  }
});
