import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

let DATA_DIR: string;
beforeEach(() => {
  DATA_DIR = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(DATA_DIR, { recursive: true }));

const key = Buffer.alloc(32, 7);
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    loadConfig({ DATA_DIR, ...env });
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

test('an empty environment gives a server for this machine only', () => {
  const { secretKey, ...config } = loadConfig({ DATA_DIR });
  expect(secretKey).toHaveLength(32);
  expect(config).toEqual({
    mode: 'production',
    host: '127.0.0.1',
    port: 3000,
    processes: Math.min(availableParallelism(), 4),
    backgroundWork: true,
    databaseUrl: undefined,
    databasePoolSize: 10,
    dataDir: DATA_DIR,
    logLevel: 'info',
    publicUrl: 'http://localhost:3000',
    outboundAllowPrivate: false,
    messageRetentionDays: 180,
    addressRangesFile: undefined,
    corsOrigins: [],
    casinoPort: 3001,
    demoHistory: true,
    trustProxy: false,
  });
});

test('reads every setting', () => {
  const config = loadConfig({
    NODE_ENV: 'development',
    HOST: '0.0.0.0',
    PORT: '8080',
    PROCESSES: '3',
    BACKGROUND_WORK: 'false',
    DATABASE_URL: 'postgres://user:word@db.example:5433/promo',
    DB_POOL_SIZE: '25',
    DATA_DIR,
    LOG_LEVEL: 'debug',
    SECRET_KEY: key.toString('base64'),
    PUBLIC_URL: 'https://promo.example/base/',
    OUTBOUND_ALLOW_PRIVATE: 'true',
    MESSAGE_RETENTION_DAYS: '400',
    ADDRESS_RANGES_FILE: '/etc/promosmith/ranges.csv',
    CORS_ORIGINS: 'https://a.example, http://localhost:5173',
    CASINO_PORT: '9000',
    DEMO_HISTORY: 'false',
    TRUST_PROXY: 'true',
  });
  expect(config).toEqual({
    mode: 'development',
    host: '0.0.0.0',
    port: 8080,
    processes: 3,
    backgroundWork: false,
    databaseUrl: 'postgres://user:word@db.example:5433/promo',
    databasePoolSize: 25,
    dataDir: DATA_DIR,
    logLevel: 'debug',
    secretKey: key,
    publicUrl: 'https://promo.example/base',
    outboundAllowPrivate: true,
    messageRetentionDays: 400,
    addressRangesFile: '/etc/promosmith/ranges.csv',
    corsOrigins: ['https://a.example', 'http://localhost:5173'],
    casinoPort: 9000,
    demoHistory: false,
    trustProxy: true,
  });
  expect(readdirSync(DATA_DIR)).toEqual([]);
});

test('an empty value counts as not set', () => {
  expect(loadConfig({ DATA_DIR, PORT: '', DATABASE_URL: ' ' })).toMatchObject({
    port: 3000,
    databaseUrl: undefined,
  });
});

test.each([
  ['3000', 3001],
  ['0', 0],
  ['65535', 0],
])('beside port %s the casino has %i', (PORT, casinoPort) => {
  expect(loadConfig({ DATA_DIR, PORT })).toMatchObject({ casinoPort });
});

test('a flag goes before the environment', () => {
  const config = loadConfig({ DATA_DIR, PORT: '8080', HOST: '0.0.0.0' }, { PORT: '9090', HOST: undefined });
  expect(config).toMatchObject({ port: 9090, host: '0.0.0.0', publicUrl: 'http://localhost:9090' });
});

test.each([
  ['PORT', '65536', 'must be a whole number from 0 to 65535'],
  ['PORT', '-1', 'must be a whole number from 0 to 65535'],
  ['PORT', '3000.5', 'must be a whole number from 0 to 65535'],
  ['PORT', '1e3', 'must be a whole number from 0 to 65535'],
  ['PROCESSES', '0', 'must be a whole number from 1 to 64'],
  ['DB_POOL_SIZE', '1', 'must be a whole number from 2 to 500'],
  ['DATABASE_URL', 'mysql://db/promo', 'must be a URL that starts with postgres://'],
  ['DATABASE_URL', 'promo', 'must be a URL that starts with postgres://'],
  ['LOG_LEVEL', 'loud', 'must be one of fatal, error, warn, info, debug, trace, silent'],
  ['NODE_ENV', 'staging', 'must be one of production, development, test'],
  ['SECRET_KEY', 'not base64!', 'must be base64'],
  [
    'SECRET_KEY',
    Buffer.alloc(31).toString('base64'),
    'must be 32 bytes in base64, as `openssl rand -base64 32` prints them',
  ],
  ['PUBLIC_URL', 'ftp://promo.example', 'must be a URL that starts with http:// or https://'],
  ['MESSAGE_RETENTION_DAYS', '7', 'must be a whole number from 30 to 3650'],
  ['OUTBOUND_ALLOW_PRIVATE', 'yes', 'must be true or false'],
  ['CORS_ORIGINS', '*', 'must be origins such as https://casino.example, separated by commas'],
  [
    'CORS_ORIGINS',
    'https://a.example/path',
    'must be origins such as https://casino.example, separated by commas',
  ],
  ['TRUST_PROXY', '1', 'must be true or false'],
])('refuses %s=%s', (name, value, reason) => {
  expect(problemsOf({ [name]: value })).toEqual([`${name}: ${reason}`]);
});

test('names all problems at once, and no secret', () => {
  const problems = problemsOf({ PORT: 'x', SECRET_KEY: 'hunter2!', LOG_LEVEL: 'loud' });
  expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'LOG_LEVEL', 'SECRET_KEY']);
  expect(problems.join()).not.toContain('hunter2');
});

test('the generated key is kept, private, for the next start', () => {
  const first = loadConfig({ DATA_DIR }).secretKey;
  expect(loadConfig({ DATA_DIR }).secretKey).toEqual(first);
  expect(readdirSync(DATA_DIR)).toEqual(['secret.key']);
  expect(statSync(join(DATA_DIR, 'secret.key')).mode & 0o777).toBe(0o600);
});

test('a damaged key file is refused rather than replaced', () => {
  writeFileSync(join(DATA_DIR, 'secret.key'), 'c2hvcnQ=');
  expect(problemsOf({})).toEqual([`${join(DATA_DIR, 'secret.key')}: does not hold 32 bytes in base64`]);
});
