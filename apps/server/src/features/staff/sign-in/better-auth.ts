import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Logger } from 'pino';
import type { Config } from '../../../platform/config.ts';
import type { Database } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { ADDRESS_HEADER, COOKIE_PREFIX } from './client.ts';
import { hashPassword, isPassword } from './passwords.ts';

const SESSION_SECONDS = 12 * 3600;
const SECOND_STEP_SECONDS = 600;

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' };

/**
 * Sessions, passwords and two-factor of staff, by better-auth on our tables. Its own routes are not mounted: ours call
 * it, so that every route is in the contract, and throttling and the origin check are in one place.
 */
export const createAuth = (options: { config: Config; db: Database; secrets: Secrets; log: Logger }) =>
  betterAuth(authOptions(options));

export type Auth = ReturnType<typeof createAuth>;

function authOptions({
  config,
  db,
  secrets,
  log,
}: {
  config: Config;
  db: Database;
  secrets: Secrets;
  log: Logger;
}) {
  return {
    appName: 'Promosmith',
    baseURL: config.publicUrl,
    secret: secrets.key('staff sessions').toString('base64'),
    database: { db: db.tables<unknown>(), type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    logger: { level: 'error', log: (_level, message, ...details) => log.error({ details }, message) },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: config.publicUrl.startsWith('https:'),
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => isPassword(hash, password) },
    },
    plugins: [
      twoFactor({
        twoFactorCookieMaxAge: SECOND_STEP_SECONDS,
        schema: {
          user: { fields: { twoFactorEnabled: 'two_factor_enabled' } },
          twoFactor: {
            modelName: 'staff_two_factor',
            fields: {
              userId: 'staff_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verifications',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    user: { modelName: 'staff', fields: { emailVerified: 'email_verified', ...TIMES } },
    session: {
      modelName: 'staff_sessions',
      fields: {
        userId: 'staff_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...TIMES,
      },
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
    },
    account: {
      modelName: 'staff_accounts',
      fields: {
        userId: 'staff_id',
        providerId: 'provider_id',
        accountId: 'account_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...TIMES,
      },
    },
    verification: { modelName: 'staff_verifications', fields: { expiresAt: 'expires_at', ...TIMES } },
  } satisfies BetterAuthOptions;
}
