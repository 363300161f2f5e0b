import * as contract from '@promosmith/contract';
import type { RequestContext } from '../../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../../platform/http/server.ts';
import type { By, SecretService } from './service.ts';

const by = ({ caller, requestId }: RequestContext): By => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

export function mountSecrets(http: HttpServer, secrets: SecretService): void {
  http.mount(contract.listJourneySecrets, async (_, { caller }) =>
    reply(200, { items: await secrets.list(caller.brandId) }),
  );
  http.mount(contract.putJourneySecret, async ({ params, body }, context) =>
    reply(200, await secrets.put(by(context), params.secretName, body)),
  );
  http.mount(contract.deleteJourneySecret, async ({ params }, context) => {
    const removed = await secrets.remove(by(context), params.secretName);
    return removed.ok ? reply(204, undefined) : removed;
  });
  http.mount(contract.rotateJourneySigningSecret, async ({ body }, context) =>
    reply(200, await secrets.rotateSigning(by(context), body.overlapSeconds)),
  );
}
