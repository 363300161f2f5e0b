import { z } from 'zod';
import { BrandSlug, NewBrandInput } from './brands.ts';
import { defineRoute } from './route.ts';
import { NewPassword } from './sign-in.ts';

const open = { tag: 'Sign-in', path: '/v1/setup', access: 'open' } as const;

export const getSetup = defineRoute({
  ...open,
  id: 'getSetup',
  method: 'GET',
  summary: 'Whether the installation waits for its first brand and owner',
  success: { 200: z.object({ needed: z.boolean() }) },
});

export const setUp = defineRoute({
  ...open,
  id: 'setUp',
  method: 'POST',
  summary: 'Make the first brand and its owner, and sign the owner in',
  description:
    'Only while there is no brand at all, with the token that `promosmith start` prints until then. Of two calls at once one succeeds.',
  body: z.strictObject({
    token: z.string().min(1).max(128),
    brand: NewBrandInput,
    owner: z.strictObject({
      email: z.email().max(254),
      name: z.string().trim().min(1).max(128),
      password: NewPassword,
    }),
  }),
  success: { 201: z.object({ brand: BrandSlug }) },
  problems: [409],
});
