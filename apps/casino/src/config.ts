import { z } from 'zod';

/** What the casino must be told: where Promosmith is, and its credentials there. */
export interface Config {
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** Folder of its database. */
  dataDir: string;
  /** Where this back end reaches Promosmith. */
  promosmithUrl: string;
  /** Where players' browsers do. */
  promosmithPublicUrl: string;
  /** Secret API key. */
  promosmithKey: string;
  /** Publishable API key, for pages of visitors who are not signed in. */
  promosmithPublishableKey: string;
}

const url = z.url({ protocol: /^https?$/ }).transform((text) => text.replace(/\/+$/, ''));

const settings = z
  .object({
    CASINO_HOST: z.string().default('127.0.0.1'),
    CASINO_PORT: z.coerce.number().int().min(0).max(65_535).default(3001),
    CASINO_DATA_DIR: z.string().min(1),
    PROMOSMITH_URL: url,
    PROMOSMITH_PUBLIC_URL: url,
    PROMOSMITH_KEY: z.string().min(1),
    PROMOSMITH_PUBLISHABLE_KEY: z.string().min(1),
  })
  .transform(
    (read): Config => ({
      host: read.CASINO_HOST,
      port: read.CASINO_PORT,
      dataDir: read.CASINO_DATA_DIR,
      promosmithUrl: read.PROMOSMITH_URL,
      promosmithPublicUrl: read.PROMOSMITH_PUBLIC_URL,
      promosmithKey: read.PROMOSMITH_KEY,
      promosmithPublishableKey: read.PROMOSMITH_PUBLISHABLE_KEY,
    }),
  );

/** @throws when a setting is missing or cannot be used, with all of them in the message. */
export function loadConfig(env: Readonly<Record<string, string | undefined>> = process.env): Config {
  const read = settings.safeParse(env);
  if (!read.success) throw new Error(`The casino cannot be started:\n${z.prettifyError(read.error)}`);
  return read.data;
}
