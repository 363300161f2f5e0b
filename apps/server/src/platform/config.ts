import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What the operator may set; docs/guides/configuration.md is its reference. */
export interface Config {
  mode: 'production' | 'development' | 'test';
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** How many processes serve. */
  processes: number;
  /** Whether this one looks for what is due: on one of a server's processes. */
  backgroundWork: boolean;
  /** Undefined: the server runs a PostgreSQL of its own under `dataDir`. */
  databaseUrl: string | undefined;
  /** Most connections a process opens to PostgreSQL, besides the few of its hot paths. */
  databasePoolSize: number;
  /** Absolute path. */
  dataDir: string;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** 32 bytes from which the pepper of codes and the encryption keys are derived. */
  secretKey: Buffer;
  /** Base URL under which people and browsers reach the server, without a slash at its end. */
  publicUrl: string;
  /** Whether the server calls URLs of its users (webhooks, key sets) at private and loopback addresses, too. */
  outboundAllowPrivate: boolean;
  /** Messages to players are deleted so many days after their time is over. */
  messageRetentionDays: number;
  /** Absolute path of a file that says what networks addresses are of; undefined: nothing is known of them. */
  addressRangesFile: string | undefined;
  /** Origins whose pages may call the API from a browser. */
  corsOrigins: string[];
  /** Of the demo casino; 0 lets the system choose. */
  casinoPort: number;
  /** Whether a demo brand is made with two months of history. */
  demoHistory: boolean;
  /** Whether `X-Forwarded-*` headers come from a proxy of ours. */
  trustProxy: boolean;
}

/** Every problem of the configuration at once, each with the name of its setting. */
export class ConfigError extends Error {
  override name = 'ConfigError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(['The configuration cannot be used:', ...problems.map((problem) => `  ${problem}`)].join('\n'));
    this.problems = problems;
  }
}

const secretKeyBytes = 32;
const mostProcesses = 64;
/** More share one database without much gain, and each holds connections to it. */
const mostProcessesByDefault = 4;
const installedDataDir = fileURLToPath(new URL('../../../../.data', import.meta.url));
const LAST_PORT = 65_535;
const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z
    .string()
    .regex(/^\d+$/, error)
    .transform(Number)
    .pipe(z.number({ error }).min(least, error).max(most, error));
};
const yesOrNo = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');
const oneOf = <const Names extends readonly string[]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });
const origin = z.string().refine((text) => URL.parse(text)?.origin === text, {
  error: 'must be origins such as https://casino.example, separated by commas',
});

const settings = z.object({
  NODE_ENV: oneOf(['production', 'development', 'test']).default('production'),
  HOST: z.string().default('127.0.0.1'),
  PORT: whole(0, LAST_PORT).default(3000),
  PROCESSES: whole(1, mostProcesses).default(() => Math.min(availableParallelism(), mostProcessesByDefault)),
  BACKGROUND_WORK: yesOrNo.default(true),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must be a URL that starts with postgres://' })
    .optional(),
  DB_POOL_SIZE: whole(2, 500).default(10),
  DATA_DIR: z.string().default(installedDataDir),
  LOG_LEVEL: oneOf(levels).default('info'),
  SECRET_KEY: z
    .base64({ error: 'must be base64' })
    .transform((text) => Buffer.from(text, 'base64'))
    .refine((key) => key.length === secretKeyBytes, {
      error: `must be ${secretKeyBytes} bytes in base64, as \`openssl rand -base64 ${secretKeyBytes}\` prints them`,
    })
    .optional(),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: 'must be a URL that starts with http:// or https://' })
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  OUTBOUND_ALLOW_PRIVATE: yesOrNo.default(false),
  MESSAGE_RETENTION_DAYS: whole(30, 3650).default(180),
  ADDRESS_RANGES_FILE: z.string().optional(),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .pipe(z.array(origin))
    .default([]),
  CASINO_PORT: whole(0, LAST_PORT).optional(),
  DEMO_HISTORY: yesOrNo.default(true),
  TRUST_PROXY: yesOrNo.default(false),
});

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from environment variables; one that is empty counts as not set. Flags of the command line, under
 * the same names, go before them. Without SECRET_KEY the key in
 * `secret.key` of the data folder is used, which is made at the first start.
 * @throws ConfigError with all problems.
 */
export function loadConfig(env: Variables = process.env, flags: Variables = {}): Config {
  const given = Object.fromEntries(
    [...Object.entries(env), ...Object.entries(flags)].filter(([, value]) => value?.trim()),
  );
  const parsed = settings.safeParse(given);
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`));
  }
  const read = parsed.data;
  const dataDir = resolve(read.DATA_DIR);
  return {
    mode: read.NODE_ENV,
    host: read.HOST,
    port: read.PORT,
    processes: read.PROCESSES,
    backgroundWork: read.BACKGROUND_WORK,
    databaseUrl: read.DATABASE_URL,
    databasePoolSize: read.DB_POOL_SIZE,
    dataDir,
    logLevel: read.LOG_LEVEL,
    secretKey: read.SECRET_KEY ?? keptSecretKey(dataDir),
    publicUrl: read.PUBLIC_URL ?? `http://localhost:${read.PORT}`,
    outboundAllowPrivate: read.OUTBOUND_ALLOW_PRIVATE,
    messageRetentionDays: read.MESSAGE_RETENTION_DAYS,
    addressRangesFile: read.ADDRESS_RANGES_FILE === undefined ? undefined : resolve(read.ADDRESS_RANGES_FILE),
    corsOrigins: read.CORS_ORIGINS,
    casinoPort: read.CASINO_PORT ?? portAfter(read.PORT),
    demoHistory: read.DEMO_HISTORY,
    trustProxy: read.TRUST_PROXY,
  };
}

/** Where the server's port is the system's choice, so is the one beside it. */
const portAfter = (port: number): number => (port === 0 || port === LAST_PORT ? 0 : port + 1);

function keptSecretKey(dataDir: string): Buffer {
  const file = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  // Written aside and linked: of processes that start together all end up with the key of the first, and never half of one.
  const fresh = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    writeFileSync(fresh, randomBytes(secretKeyBytes).toString('base64'), { mode: 0o600, flush: true });
    linkSync(fresh, file);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64');
  if (key.length !== secretKeyBytes)
    throw new ConfigError([`${file}: does not hold ${secretKeyBytes} bytes in base64`]);
  return key;
}
