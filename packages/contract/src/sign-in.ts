import { z } from 'zod';
import { BrandSlug } from './brands.ts';
import { Id } from './common.ts';
import { ROLES, type Role } from './permissions.ts';
import { defineRoute } from './route.ts';

export const StaffRole = z.enum(Object.keys(ROLES) as [Role, ...Role[]]);

/** At least twelve characters, any of them: length is what makes a password hard to guess. */
export const NewPassword = z.string().min(12).max(128);
const Password = z.string().min(1).max(128);

const open = { tag: 'Sign-in', access: 'open' } as const;

export const signIn = defineRoute({
  ...open,
  id: 'signIn',
  method: 'POST',
  path: '/v1/auth/sign-in',
  summary: 'Sign in with e-mail and password',
  description:
    'Sets the session cookie; with two-factor on, a cookie of ten minutes for the second step instead. A session lasts twelve hours.',
  body: z.strictObject({ email: z.email().max(254), password: Password }),
  success: { 200: z.object({ twoFactorRequired: z.boolean() }) },
  problems: [429],
});

export const signInWithTotp = defineRoute({
  ...open,
  id: 'signInWithTotp',
  method: 'POST',
  path: '/v1/auth/sign-in/totp',
  summary: 'Second step: the code of the authenticator app',
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/, 'six digits') }),
  success: { 204: null },
  problems: [429],
});

export const signInWithBackupCode = defineRoute({
  ...open,
  id: 'signInWithBackupCode',
  method: 'POST',
  path: '/v1/auth/sign-in/backup-code',
  summary: 'Second step without the app: a backup code, which is used up',
  body: z.strictObject({ code: z.string().min(1).max(64) }),
  success: { 204: null },
  problems: [429],
});

export const signOut = defineRoute({
  ...open,
  id: 'signOut',
  method: 'POST',
  path: '/v1/auth/sign-out',
  summary: 'End the session',
  success: { 204: null },
});

export const Session = z.object({
  staffId: Id,
  email: z.string(),
  name: z.string(),
  twoFactor: z.boolean(),
  memberships: z
    .array(z.object({ brand: BrandSlug, brandName: z.string(), role: StaffRole }))
    .describe('With more than one, name the brand in the `Promosmith-Brand` header'),
});
export type Session = z.infer<typeof Session>;

export const getSession = defineRoute({
  ...open,
  id: 'getSession',
  method: 'GET',
  path: '/v1/auth/session',
  summary: 'Who is signed in, and for which brands',
  success: { 200: Session },
});

export const changePassword = defineRoute({
  ...open,
  id: 'changePassword',
  method: 'POST',
  path: '/v1/auth/password',
  summary: 'Change your password',
  description: 'Every other session of yours ends.',
  body: z.strictObject({ currentPassword: Password, newPassword: NewPassword }),
  success: { 204: null },
  problems: [429],
});

export const startTwoFactor = defineRoute({
  ...open,
  id: 'startTwoFactor',
  method: 'POST',
  path: '/v1/auth/two-factor',
  summary: 'Set up two-factor sign-in',
  description: 'It is on once a first code is confirmed. The backup codes are shown this once.',
  body: z.strictObject({ password: Password }),
  success: {
    200: z.object({
      totpUri: z.string().describe('`otpauth://` for the authenticator app'),
      backupCodes: z.array(z.string()),
    }),
  },
  problems: [409, 429],
});

export const confirmTwoFactor = defineRoute({
  ...open,
  id: 'confirmTwoFactor',
  method: 'POST',
  path: '/v1/auth/two-factor/confirm',
  summary: 'Confirm the first code',
  body: z.strictObject({ code: z.string().regex(/^\d{6}$/, 'six digits') }),
  success: { 204: null },
  problems: [429],
});

export const stopTwoFactor = defineRoute({
  ...open,
  id: 'stopTwoFactor',
  method: 'POST',
  path: '/v1/auth/two-factor/disable',
  summary: 'Switch two-factor sign-in off',
  body: z.strictObject({ password: Password }),
  success: { 204: null },
  problems: [429],
});

export const acceptInvitation = defineRoute({
  ...open,
  id: 'acceptInvitation',
  method: 'POST',
  path: '/v1/auth/invitations/accept',
  summary: 'Accept an invitation',
  description:
    'Sets the password of somebody new. Whoever works for another brand already gives the password they have.',
  body: z.strictObject({ token: z.string().min(1).max(128), password: NewPassword }),
  success: { 204: null },
  problems: [410, 429],
});
