import type { Route } from '@promosmith/contract';
import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import { type Handler, type HttpServer, reply } from '../../../platform/http/server.ts';
import type { Invitations } from '../members/invitations.ts';
import { checkOrigin } from './origin-check.ts';
import type { Answer, SignIn } from './service.ts';

const NO_STORE = { 'cache-control': 'no-store' };

const answered = <T>(status: number, result: Result<Answer<T>>) =>
  result.ok ? reply(status, result.value.value, { ...NO_STORE, 'set-cookie': result.value.cookies }) : result;

export function mountSignInRoutes(
  http: HttpServer,
  publicUrl: string,
  signIn: SignIn,
  invitations: Invitations,
): void {
  /** These routes set or use cookies, so none may be called from another site's page. */
  function mount<R extends Route>(route: R, handler: Handler<R>): void {
    http.mount(route, async (input, context) => {
      const origin = checkOrigin(context.headers, publicUrl);
      return origin.ok ? handler(input, context) : origin;
    });
  }

  mount(contract.signIn, async ({ body }, context) =>
    answered(200, await signIn.signIn(context, body.email, body.password)),
  );
  mount(contract.signInWithTotp, async ({ body }, context) =>
    answered(204, await signIn.secondStep(context, 'totp', body.code)),
  );
  mount(contract.signInWithBackupCode, async ({ body }, context) =>
    answered(204, await signIn.secondStep(context, 'backup code', body.code)),
  );
  mount(contract.signOut, async (_, context) => answered(204, await signIn.signOut(context)));
  mount(contract.changePassword, async ({ body }, context) =>
    answered(204, await signIn.changePassword(context, body.currentPassword, body.newPassword)),
  );
  mount(contract.startTwoFactor, async ({ body }, context) =>
    answered(200, await signIn.startTwoFactor(context, body.password)),
  );
  mount(contract.confirmTwoFactor, async ({ body }, context) =>
    answered(204, await signIn.confirmTwoFactor(context, body.code)),
  );
  mount(contract.stopTwoFactor, async ({ body }, context) =>
    answered(204, await signIn.stopTwoFactor(context, body.password)),
  );
  mount(contract.acceptInvitation, async ({ body }, context) => {
    const accepted = await invitations.accept(body.token, body.password, context);
    return accepted.ok ? reply(204, undefined) : accepted;
  });

  http.mount(contract.getSession, async (_, context) => {
    const session = await signIn.session(context);
    return session.ok ? reply(200, session.value, NO_STORE) : session;
  });
}
