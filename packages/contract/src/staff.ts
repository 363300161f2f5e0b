import { z } from 'zod';
import { BrandSlug } from './brands.ts';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { Scope } from './keys.ts';
import { defineRoute } from './route.ts';
import { StaffRole } from './sign-in.ts';

/** A person's membership in the brand. */
export const StaffMember = z.object({
  staffId: Id,
  email: z.string(),
  name: z.string(),
  role: StaffRole,
  status: z.enum(['invited', 'active', 'suspended']),
  twoFactor: z.boolean(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type StaffMember = z.infer<typeof StaffMember>;

/** To be handed to the invited person, who accepts it with `acceptInvitation`. */
export const Invitation = z.object({
  token: z.string().describe('Shown this once'),
  expiresAt: Instant,
});
export type Invitation = z.infer<typeof Invitation>;

export const InvitedStaff = StaffMember.extend({ invitation: Invitation });
export type InvitedStaff = z.infer<typeof InvitedStaff>;

const memberPath = { params: z.object({ staffId: Id }), tag: 'Staff', problems: [404] } as const;
const Reason = z.strictObject({ reason: z.string().trim().min(1).max(500).optional() });

export const getMe = defineRoute({
  id: 'getMe',
  method: 'GET',
  path: '/v1/me',
  tag: 'Staff',
  summary: 'The caller: who, for which brand, and what they may do',
  access: { permission: 'brands:read' },
  success: {
    200: z.object({
      brand: BrandSlug,
      actor: Actor,
      role: StaffRole.nullable().describe('Null for an API key'),
      permissions: z.array(Scope),
    }),
  },
});

export const listStaff = defineRoute({
  id: 'listStaff',
  method: 'GET',
  path: '/v1/staff',
  tag: 'Staff',
  summary: 'Staff of the brand, newest first',
  access: { permission: 'staff:read' },
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(StaffMember) },
});

export const getStaffMember = defineRoute({
  ...memberPath,
  id: 'getStaffMember',
  method: 'GET',
  path: '/v1/staff/:staffId',
  summary: 'One member of staff',
  access: { permission: 'staff:read' },
  success: { 200: StaffMember },
});

export const inviteStaff = defineRoute({
  id: 'inviteStaff',
  method: 'POST',
  path: '/v1/staff',
  tag: 'Staff',
  summary: 'Invite somebody',
  description: 'The token is theirs to accept within a week. Nobody can give a role above their own.',
  access: { permission: 'staff:write' },
  body: z.strictObject({
    email: z.email().max(254),
    name: z.string().trim().min(1).max(128),
    role: StaffRole,
  }),
  success: { 201: InvitedStaff },
  problems: [409],
});

export const renewInvitation = defineRoute({
  ...memberPath,
  id: 'renewInvitation',
  method: 'POST',
  path: '/v1/staff/:staffId/invitation',
  summary: 'Invite again: a new token, and the old one is void',
  access: { permission: 'staff:write' },
  success: { 201: InvitedStaff },
});

export const changeRole = defineRoute({
  ...memberPath,
  id: 'changeRole',
  method: 'PATCH',
  path: '/v1/staff/:staffId',
  summary: 'Change the role',
  description:
    'Nobody can give a role above their own, or change the role of somebody above them. A brand keeps an owner.',
  access: { permission: 'staff:write' },
  body: z.strictObject({ role: StaffRole }),
  success: { 200: StaffMember },
});

export const suspendStaff = defineRoute({
  ...memberPath,
  id: 'suspendStaff',
  method: 'POST',
  path: '/v1/staff/:staffId/suspend',
  summary: 'Suspend: takes effect with their next request',
  access: { permission: 'staff:write' },
  body: Reason,
  success: { 200: StaffMember },
});

export const reactivateStaff = defineRoute({
  ...memberPath,
  id: 'reactivateStaff',
  method: 'POST',
  path: '/v1/staff/:staffId/reactivate',
  summary: 'Lift a suspension',
  access: { permission: 'staff:write' },
  body: Reason,
  success: { 200: StaffMember },
});
