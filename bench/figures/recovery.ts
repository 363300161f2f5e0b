import { startCrashWorld } from '../../e2e/support/crashes.ts';
import type { Group } from '../bench.ts';
import { note } from '../report.ts';

const KILLS = 20;
const MS_PER_S = 1_000;

/** From `kill -9` of the server or of its PostgreSQL, under load, until work is answered again: the longest of all. */
export const recovery: Group = {
  names: ['crash.recovery_s'],
  async measure() {
    await using world = await startCrashWorld();
    const seconds = (await world.kill(KILLS)).map((ms) => ms / MS_PER_S).sort((a, b) => a - b);
    note(`${KILLS} kills: ${seconds.map((value) => value.toFixed(1)).join(', ')} s`);
    return [{ name: 'crash.recovery_s', unit: 's', value: Math.max(...seconds) }];
  },
};
