import pg from 'pg';
import { expect, test } from 'vitest';
import { allEnded } from './all-ended.ts';

const failure = (code: string) =>
  Object.assign(new pg.DatabaseError(`failed with ${code}`, 0, 'error'), { code });

test('waits for what is under way when something fails', async () => {
  const ended: string[] = [];
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => void ended.push('slow'));
  await expect(allEnded([Promise.reject(new Error('at once')), slow])).rejects.toThrow('at once');
  expect(ended).toEqual(['slow']);
});

test('tells what went wrong, and not that the transaction had failed by then', async () => {
  const [over, wrong] = [() => Promise.reject(failure('25P02')), () => Promise.reject(failure('23505'))];
  await expect(allEnded([over(), Promise.resolve(), wrong()])).rejects.toThrow('23505');
  await expect(allEnded([over()])).rejects.toThrow('25P02');
  await expect(allEnded([Promise.resolve()])).resolves.toBeUndefined();
});
