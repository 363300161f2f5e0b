import { randomBytes } from 'node:crypto';
import { type Actor, inviteStaff, ROLES, type Role } from '@promosmith/contract';
import { Command, Option } from 'commander';
import { loadConfig } from '../platform/config.ts';
import { argument } from './argument.ts';
import { brandNamed } from './brand-named.ts';
import { withApp } from './database.ts';
import { orFail } from './failure.ts';

const actor: Actor = { kind: 'system', id: 'command line' };

/** 120 bits, in 20 symbols. */
const newPassword = (): string => randomBytes(15).toString('base64url');

export const staffCommand = (): Command =>
  new Command('staff')
    .description('People who sign in')
    .addCommand(addCommand())
    .addCommand(setPasswordCommand());

function addCommand(): Command {
  return new Command('add')
    .description("Make a member of staff, such as a brand's first owner, and print a password for them.")
    .requiredOption('--brand <slug>', 'the brand they work for')
    .requiredOption('--email <address>', 'what they sign in with', emailOf)
    .requiredOption('--name <text>', 'what they are called', nameOf)
    .addOption(
      new Option('--role <role>', 'what they may do').choices(Object.keys(ROLES)).makeOptionMandatory(),
    )
    .addHelpText(
      'after',
      `
The password is printed once; it cannot be shown again. Others are better invited, by an owner.

Example:
  promosmith staff add --brand demo --email kim@casino.example --name Kim --role owner`,
    )
    .action(async (options: { brand: string; email: string; name: string; role: Role }) => {
      const password = newPassword();
      const { passwordSet } = await withApp(loadConfig(), async (app) => {
        const { brandId } = await brandNamed(app, options.brand);
        const { email, name, role } = options;
        const member = { brandId, email, name, role, password };
        return orFail(await app.staff.addMember(member, { actor, permissions: 'all' }));
      });
      if (passwordSet) console.log(password);
      else console.error(`${options.email} has an account already and keeps the password of that.`);
    });
}

function setPasswordCommand(): Command {
  return new Command('set-password')
    .description('Give somebody who forgot their password a new one, and print it.')
    .requiredOption('--email <address>', 'what they sign in with', emailOf)
    .addHelpText(
      'after',
      `
The password is printed once; it cannot be shown again. All their sessions end. Two-factor sign-in stays on.

Example:
  promosmith staff set-password --email kim@casino.example`,
    )
    .action(async ({ email }: { email: string }) => {
      const password = newPassword();
      await withApp(loadConfig(), async (app) => orFail(await app.staff.setPassword(email, password, actor)));
      console.log(password);
    });
}

/** The rules are those of an invitation. */
const { email: Email, name: Name } = inviteStaff.body.shape;
const emailOf = argument(Email);
const nameOf = argument(Name);
