import * as contract from '@promosmith/contract';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { checkOrigin } from '../sign-in/origin-check.ts';
import type { SignIn } from '../sign-in/service.ts';
import type { SetUp } from './service.ts';

const NO_STORE = { 'cache-control': 'no-store' };

export function mountSetUpRoutes(http: HttpServer, publicUrl: string, setUp: SetUp, signIn: SignIn): void {
  http.mount(contract.getSetup, async () => reply(200, { needed: await setUp.needed() }, NO_STORE));

  http.mount(contract.setUp, async ({ body }, context) => {
    const origin = checkOrigin(context.headers, publicUrl);
    if (!origin.ok) return origin;
    const made = await setUp.run(body, context);
    if (!made.ok) return made;
    const signedIn = await signIn.signIn(context, body.owner.email, body.owner.password);
    if (!signedIn.ok) return signedIn;
    return reply(201, { brand: made.value.slug }, { ...NO_STORE, 'set-cookie': signedIn.value.cookies });
  });
}
