import { randomBytes } from 'node:crypto';
import type { Store } from '../store.ts';
import { hashPassword, isPassword } from './passwords.ts';

/** Somebody with an account here. Promosmith knows the player by `playerId`. */
export interface Player {
  playerId: string;
  email: string;
  name: string;
  country: string;
  birthDate: string;
  registeredAt: string;
  /** An instant, or `forever`; null when not excluded. */
  excludedUntil: string | null;
  /** Sessions of an earlier one are over. */
  sessionEpoch: number;
}

export interface NewPlayer {
  email: string;
  name: string;
  password: string;
  country: string;
  birthDate: string;
}

interface PlayerRow {
  player_id: string;
  email: string;
  name: string;
  password_hash: string;
  country: string;
  birth_date: string;
  registered_at: string;
  excluded_until: string | null;
  session_epoch: number;
}

const playerOf = (row: PlayerRow): Player => ({
  playerId: row.player_id,
  email: row.email,
  name: row.name,
  country: row.country,
  birthDate: row.birth_date,
  registeredAt: row.registered_at,
  excludedUntil: isOver(row.excluded_until) ? null : row.excluded_until,
  sessionEpoch: row.session_epoch,
});

const isOver = (until: string | null): boolean =>
  until !== null && until !== 'forever' && Date.parse(until) <= Date.now();

const ID_BYTES = 8;
const FAILURES_ALLOWED = 5;
const LOCKED_MS = 10 * 60_000;
/** The accounts that guessing is watched of: no more than this are kept in mind. */
const WATCHED = 10_000;

export type Players = ReturnType<typeof createPlayers>;

export function createPlayers(store: Store) {
  const failures = new Map<string, { count: number; until: number }>();

  const rowOf = (email: string) =>
    store.one<PlayerRow>('select * from players where email = ?', email.trim());

  return {
    byId(playerId: string): Player | undefined {
      const row = store.one<PlayerRow>('select * from players where player_id = ?', playerId);
      return row && playerOf(row);
    },

    isKnown: (email: string): boolean => rowOf(email) !== undefined,

    /**
     * Makes an account, and what goes with it in the same transaction.
     * @returns undefined when somebody has the address already.
     */
    async register(
      { password, ...data }: NewPlayer,
      also: (player: Player) => void,
    ): Promise<Player | undefined> {
      const hash = await hashPassword(password);
      return store.together(() => {
        const playerId = `player-${randomBytes(ID_BYTES).toString('hex')}`;
        const made = store.run(
          `insert into players (player_id, email, name, password_hash, country, birth_date, registered_at)
           values (?, ?, ?, ?, ?, ?, ?) on conflict (email) do nothing`,
          ...[playerId, data.email.trim(), data.name, hash, data.country, data.birthDate],
          new Date().toISOString(),
        );
        const row = made === 1 ? rowOf(data.email) : undefined;
        if (!row) return undefined;
        also(playerOf(row));
        return playerOf(row);
      });
    },

    /** Five wrong passwords for an address, and it has to wait. An unknown address takes as long as a known one. */
    async signIn(email: string, password: string): Promise<Player | 'wrong' | 'locked'> {
      const key = email.trim().toLowerCase();
      const failed = failures.get(key);
      if (failed && failed.count >= FAILURES_ALLOWED && failed.until > Date.now()) return 'locked';
      const row = rowOf(email);
      const isRight = row ? await isPassword(password, row.password_hash) : !(await hashPassword(password));
      if (row && isRight) {
        failures.delete(key);
        return playerOf(row);
      }
      if (failures.size >= WATCHED) failures.clear();
      const count = failed && failed.until > Date.now() ? failed.count + 1 : 1;
      failures.set(key, { count, until: Date.now() + LOCKED_MS });
      return 'wrong';
    },

    /** Ends every session of the player. */
    signOutEverywhere(playerId: string): void {
      store.run('update players set session_epoch = session_epoch + 1 where player_id = ?', playerId);
    },

    /** @param until an instant, `forever`, or null to lift it. */
    setExclusion(playerId: string, until: string | null): void {
      store.run('update players set excluded_until = ? where player_id = ?', until, playerId);
    },
  };
}
