import { countAudience as countAudienceRoute, judgeCampaign, previewLiability } from '@promosmith/contract';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { CountAudience } from './audience/count.ts';
import type { Previews } from './previews.ts';

/** What the editor of a campaign shows while it is being written: nothing here saves anything. */
export function mountPreviewRoutes(http: HttpServer, countAudience: CountAudience, previews: Previews): void {
  http.mount(countAudienceRoute, async ({ body }, { caller, hasHungUp }) => {
    const counted = await countAudience(caller.brandId, body, hasHungUp);
    return counted.ok ? reply(200, counted.value) : counted;
  });

  http.mount(judgeCampaign, async ({ body }, { caller }) => {
    const mayPublish = caller.permissions.has('campaigns:publish');
    return reply(200, await previews.judge({ brandId: caller.brandId, mayPublish }, body));
  });

  http.mount(previewLiability, async ({ body }, { caller }) => {
    const preview = await previews.liability(caller.brandId, body);
    return preview.ok ? reply(200, preview.value) : preview;
  });
}
