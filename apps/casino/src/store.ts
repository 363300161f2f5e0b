import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';

/** The casino's own books. Money is not among them: that is in Promosmith's reference wallet. */
const SCHEMA = `
  create table if not exists settings (name text primary key, value text not null) strict;

  create table if not exists players (
    player_id text primary key,
    email text not null unique collate nocase,
    name text not null,
    password_hash text not null,
    country text not null,
    birth_date text not null,
    registered_at text not null,
    excluded_until text,            -- an instant, 'forever', or null
    session_epoch integer not null default 0
  ) strict;

  create table if not exists notices (
    notice_id integer primary key,
    player_id text not null,
    tone text not null,
    text text not null
  ) strict;

  -- What Promosmith is to be told: written with the change itself, sent until it was answered.
  create table if not exists told_events (
    seq integer primary key,
    event_id text not null,
    player_id text not null,
    type text not null,
    time text not null,
    data text not null,
    answer text,
    unique (player_id, event_id)
  ) strict;
  create index if not exists told_events_waiting on told_events (seq) where answer is null;

  create table if not exists received_events (
    event_id text primary key,
    type text not null,
    player_id text,
    sequence text not null,
    body text not null,
    received_at text not null
  ) strict;

  create table if not exists payments (
    payment_id text not null,
    player_id text not null,
    kind text not null,             -- deposit, withdrawal
    amount integer not null,        -- cents
    method text not null,
    code text,
    state text not null,            -- deposit: sent; withdrawal: asked, requested, refused, paid, cancelled
    detail text,
    created_at text not null,
    primary key (player_id, payment_id)
  ) strict;

  create table if not exists rounds (
    round_id text not null,
    player_id text not null,
    game text not null,
    stake integer not null,         -- cents
    win integer not null,           -- cents
    outcome text not null,          -- what fell, as the game has it
    state text not null,            -- drawn, staked, settled, refused, void
    result text,                    -- what the wallet made of it
    created_at text not null,
    primary key (player_id, round_id)
  ) strict;
  create index if not exists rounds_open on rounds (created_at) where state in ('drawn', 'staked');

  create table if not exists free_spins (
    issue_id text primary key,
    player_id text not null,
    count integer not null,
    spin_value integer not null,    -- cents
    valid_until text not null,
    played integer not null default 0,
    won integer not null default 0,
    ended_as text,                  -- played, canceled, expired
    told integer not null default 0
  ) strict;
`;

export type Row = Record<string, string | number | null>;

/** The database of the casino: one file, one process. */
export interface Store {
  all<T = Row>(sql: string, ...values: SQLInputValue[]): T[];
  one<T = Row>(sql: string, ...values: SQLInputValue[]): T | undefined;
  /** @returns how many rows changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** All of it or nothing. Nothing else runs meanwhile: there is one connection, and no waiting inside. */
  together<T>(work: () => T): T;
  /** A setting that is made the first time it is asked for. */
  kept(name: string, make: () => string): string;
  keep(name: string, value: string): void;
  setting(name: string): string | undefined;
  close(): void;
}

/** @param dataDir a folder, made when it is missing; `:memory:` keeps nothing. */
export function openStore(dataDir: string): Store {
  if (dataDir !== ':memory:') mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(dataDir === ':memory:' ? dataDir : join(dataDir, 'casino.sqlite'));
  db.exec('pragma journal_mode = wal; pragma foreign_keys = on; pragma busy_timeout = 5000;');
  db.exec(SCHEMA);

  const store: Store = {
    all: <T>(sql: string, ...values: SQLInputValue[]) => db.prepare(sql).all(...values) as T[],
    one: <T>(sql: string, ...values: SQLInputValue[]) => db.prepare(sql).get(...values) as T | undefined,
    run: (sql, ...values) => Number(db.prepare(sql).run(...values).changes),
    together(work) {
      db.exec('begin immediate');
      try {
        const done = work();
        db.exec('commit');
        return done;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    setting: (name) => store.one<{ value: string }>('select value from settings where name = ?', name)?.value,
    keep: (name, value) => {
      store.run(
        'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
        name,
        value,
      );
    },
    kept(name, make) {
      store.run(
        'insert into settings (name, value) values (?, ?) on conflict (name) do nothing',
        name,
        make(),
      );
      return store.setting(name) as string;
    },
    close: () => db.close(),
  };
  return store;
}
