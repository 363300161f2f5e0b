import type { Session } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import { sqlState } from '../../../platform/db.ts';
import type { Platform } from '../../../platform/platform.ts';
import { findStaff, hasActiveMembership, listMemberships } from '../members/store.ts';
import type { Auth } from './better-auth.ts';
import { type Client, headersFor } from './client.ts';
import type { LoadAuth } from './load-auth.ts';
import type { Sessions, SignedIn } from './sessions.ts';
import { endSession, useCode } from './store.ts';
import type { SignInThrottle } from './throttle.ts';

/** A request of the sign-in routes. */
export interface Visit extends Client {
  requestId: string;
}

/** What better-auth answered, with the cookies that carry it on. */
export interface Answer<T> {
  value: T;
  cookies: string[];
}
type Answered<T> = Promise<Result<Answer<T>>>;

export interface SignIn {
  signIn(visit: Visit, email: string, password: string): Answered<{ twoFactorRequired: boolean }>;
  secondStep(visit: Visit, by: 'totp' | 'backup code', code: string): Answered<undefined>;
  signOut(visit: Visit): Answered<undefined>;
  session(visit: Visit): Promise<Result<Session>>;
  changePassword(visit: Visit, currentPassword: string, newPassword: string): Answered<undefined>;
  startTwoFactor(visit: Visit, password: string): Answered<{ totpUri: string; backupCodes: string[] }>;
  confirmTwoFactor(visit: Visit, code: string): Answered<undefined>;
  stopTwoFactor(visit: Visit, password: string): Answered<undefined>;
}

const NewSession = z.object({ token: z.string(), user: z.object({ id: z.string() }) });
const SignInAnswer = z.union([z.object({ twoFactorRedirect: z.literal(true) }), NewSession]);
const TwoFactorSetUp = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
const Nothing = z.unknown().transform(() => undefined);
const Failure = z.object({ code: z.string(), message: z.string() });

const notSignedIn = () => refuse('unauthenticated', 'You are not signed in.');

export function createSignIn(
  { db, secrets }: Pick<Platform, 'db' | 'secrets'>,
  loadAuth: LoadAuth,
  sessions: Sessions,
  throttle: SignInThrottle,
): SignIn {
  /**
   * In the log of every brand the person works for: each must be able to see who could get in, and when. better-auth
   * keeps its own transactions, so this is written right after the change instead of with it.
   */
  const record = (staffId: string, action: string, { requestId }: Visit): Promise<void> =>
    db.transaction(async (tx) => {
      const staff = await findStaff(tx, staffId);
      const actor = { kind: 'staff' as const, id: staffId, name: staff?.name };
      for (const { brandId } of await listMemberships(tx, staffId))
        await audit(tx, { brandId, actor, action, targetKind: 'staff', targetId: staffId, requestId });
    });

  /** Runs an action of whoever is signed in, with attempts counted: it asks for their password or a code. */
  async function asSelf<T>(
    visit: Visit,
    action: string,
    act: (api: Auth['api'], headers: Headers, self: SignedIn) => Promise<Result<Answer<T>>>,
  ): Answered<T> {
    const self = await sessions.find(visit);
    if (!self) return notSignedIn();
    const { api } = await loadAuth();
    const result = await throttle.attempt(self.staffId, visit.ip, () => act(api, headersFor(visit), self));
    if (result.ok) await record(self.staffId, action, visit);
    return result;
  }

  /** The last word on a session that better-auth has made: its cookie is handed out after this only. */
  async function enter(
    visit: Visit,
    { token, user }: z.infer<typeof NewSession>,
    totp?: string,
  ): Promise<Result<undefined>> {
    const refusal = !(await hasActiveMembership(db, user.id))
      ? refuse('forbidden', 'You work for no brand at present.')
      : totp !== undefined && !(await useCode(db, user.id, secrets.mac('totp code', `${user.id} ${totp}`)))
        ? refuse('unauthenticated', 'The code was used already: wait for the next one.')
        : undefined;
    if (refusal) {
      await endSession(db, token);
      return refusal;
    }
    await record(user.id, 'staff.signed_in', visit);
    return ok(undefined);
  }

  return {
    signIn: (visit, email, password) =>
      throttle.attempt(email, visit.ip, async (): Answered<{ twoFactorRequired: boolean }> => {
        const { api } = await loadAuth();
        const headers = headersFor(visit);
        const answer = await readAnswer(
          await api.signInEmail({ body: { email, password }, headers, asResponse: true }),
          SignInAnswer,
        );
        if (!answer.ok) return answer;
        const { value, cookies } = answer.value;
        if ('twoFactorRedirect' in value) return ok({ value: { twoFactorRequired: true }, cookies });
        const entered = await enter(visit, value);
        return entered.ok ? ok({ value: { twoFactorRequired: false }, cookies }) : entered;
      }),

    /** better-auth counts these: five codes a sign-in, ten in a row an account. */
    async secondStep(visit, by, code) {
      if (await sessions.find(visit)) return refuse('signed_in', 'You are signed in already.');
      const { api } = await loadAuth();
      const request = { body: { code }, headers: headersFor(visit), asResponse: true } as const;
      const response = by === 'totp' ? await api.verifyTOTP(request) : await api.verifyBackupCode(request);
      const answer = await readAnswer(response, NewSession);
      if (!answer.ok) return answer;
      const { value, cookies } = answer.value;
      const entered = await enter(visit, value, by === 'totp' ? code : undefined);
      return entered.ok ? ok({ value: undefined, cookies }) : entered;
    },

    async signOut(visit) {
      const self = await sessions.find(visit);
      const { api } = await loadAuth();
      const response = await api.signOut({ headers: headersFor(visit), asResponse: true });
      if (self) await record(self.staffId, 'staff.signed_out', visit);
      return readAnswer(response, Nothing);
    },

    async session(visit) {
      const self = await sessions.find(visit);
      if (!self) return notSignedIn();
      const memberships = await listMemberships(db, self.staffId);
      return ok({
        ...self,
        memberships: memberships.map(({ brand, brandName, role }) => ({ brand, brandName, role })),
      });
    },

    changePassword: (visit, currentPassword, newPassword) =>
      asSelf(visit, 'staff.password_changed', async (api, headers) => {
        const body = { currentPassword, newPassword, revokeOtherSessions: true };
        return readAnswer(await api.changePassword({ body, headers, asResponse: true }), Nothing);
      }),

    startTwoFactor: (visit, password) =>
      asSelf(visit, 'staff.two_factor_started', async (api, headers) => {
        const body = { password, method: 'totp' } as const;
        const response = await api.enableTwoFactor({ body, headers, asResponse: true }).catch(ifTaken);
        if (!response) return refuse('conflict', 'Two-factor sign-in is being set up by another request.');
        const answer = await readAnswer(response, TwoFactorSetUp);
        if (!answer.ok) return answer;
        const { totpURI: totpUri, backupCodes } = answer.value.value;
        return ok({ value: { totpUri, backupCodes }, cookies: answer.value.cookies });
      }),

    confirmTwoFactor: (visit, code) =>
      asSelf(visit, 'staff.two_factor_enabled', async (api, headers, { twoFactor }) => {
        if (twoFactor) return refuse('two_factor_on', 'Two-factor sign-in is on already.');
        return readAnswer(await api.verifyTOTP({ body: { code }, headers, asResponse: true }), Nothing);
      }),

    stopTwoFactor: (visit, password) =>
      asSelf(visit, 'staff.two_factor_disabled', async (api, headers) =>
        readAnswer(await api.disableTwoFactor({ body: { password }, headers, asResponse: true }), Nothing),
      ),
  };
}

const UNIQUE_VIOLATION = '23505';

/** @throws what is not the same row, written by another request at the same moment. */
function ifTaken(error: unknown): undefined {
  if (sqlState(error) !== UNIQUE_VIOLATION) throw error;
}

/** @throws for what is not the caller's fault. */
async function readAnswer<T>(response: Response, shape: z.ZodType<T>): Answered<T> {
  const body: unknown = await response.json();
  if (response.ok) return ok({ value: shape.parse(body), cookies: response.headers.getSetCookie() });
  const failure = Failure.safeParse(body).data;
  if (response.status >= 500 || !failure) throw new Error(`better-auth answered ${response.status}`);
  if (response.status === 401) return refuse('unauthenticated', `${failure.message}.`);
  if (response.status === 429) return refuse('rate_limited', `${failure.message}.`);
  return refuse(failure.code.toLowerCase(), `${failure.message}.`);
}
