import { SEED } from '../../apps/server/src/features/labels/sandbox/testing/seed.ts';
import type { TestResponse } from '../../apps/server/src/testing/test-app.ts';

/** Calls the API with a key that may do everything. Throws unless the answer is the success that the route promises. */
export type Call = (method: string, path: string, body?: unknown) => Promise<TestResponse['body']>;

export interface PromoJourney {
  journeyId: string;
  /** Of the popup. */
  contentId: string;
}

/**
 * "Generating promo codes", step by step: a label tag with the function as it is passed on, a popup from the template,
 * and an active journey that saves the code it has shown through the API. Whoever logs in enters it.
 * @param options.key may make codes; webhooks have it as a secret.
 * @param options.url of the API, as its own webhooks reach it.
 */
export async function buildPromoJourney(
  call: Call,
  { url, campaignId, key }: { url: string; campaignId: string; key: string },
): Promise<PromoJourney> {
  // Creating a label tag
  await call('POST', '/v1/labels', { name: 'promo_code', definition: { kind: 'function', default: SEED } });

  // Creating a popup with the code
  const contentId = await contentFrom(call, 'Promo Code with Label Tag', 'A code just for you', {
    label: 'promo_code',
    whenShown: 'CODE_IS_SHOWN',
  });

  // Build a campaign; call your API to save the promo code
  await call('PUT', '/v1/journey-secrets/api_key', { value: key });
  const journeyId = await startJourney(call, 'Promo code', {
    nodes: {
      start: { kind: 'trigger', on: { source: 'event', name: 'login' } },
      popup: { kind: 'popup', contentId },
      shown: {
        kind: 'wait_event',
        event: { source: 'client_action', name: 'CODE_IS_SHOWN' },
        timeoutMs: 3_600_000,
      },
      save: {
        kind: 'webhook',
        method: 'POST',
        url: `${url}/v1/campaigns/${campaignId}/codes`,
        headers: [
          { name: 'authorization', value: 'Bearer {{secret.api_key}}' },
          { name: 'content-type', value: 'application/json' },
        ],
        body: '{ \n    "code" : "{{event.code}}"\n}',
      },
      saved: { kind: 'exit' },
    },
    edges: [
      { from: 'start', connector: 'next', to: 'popup' },
      { from: 'popup', connector: 'impression', to: 'shown' },
      { from: 'shown', connector: 'happened', to: 'save' },
      { from: 'save', connector: 'success', to: 'saved' },
    ],
    settings: { entry: { rule: 'whenever_outside' } },
  });
  return { journeyId, contentId };
}

/** A campaign that doubles a deposit, for codes that are still to come. @returns its id. */
export async function startPromoCampaign(call: Call): Promise<string> {
  const { id } = await call('POST', '/v1/campaigns', {
    name: 'A code of your own',
    limits: [{ scope: 'player', max: 5 }],
    rewards: [
      {
        kind: 'deposit',
        matchBps: 10_000,
        cap: { EUR: 20_000 },
        minDeposit: { EUR: 1_000 },
        wagering: { multiplier: 1_000 },
      },
    ],
    terms: { significant: 'Twice your deposit.' },
  });
  await call('POST', `/v1/campaigns/${id}/submit`);
  return id;
}

/** @param template the name of a ready-made one. @returns the id of the content. */
export async function contentFrom(
  call: Call,
  template: string,
  name: string,
  parameters: Readonly<Record<string, string>>,
): Promise<string> {
  const { items } = await call('GET', '/v1/content-templates');
  const { id } = items.find((one: { name: string }) => one.name === template);
  const content = await call('POST', '/v1/content', { from: 'template', name, template: id, parameters });
  return content.id;
}

/** Draws a journey, publishes it, and lets players in. @returns its id. */
export async function startJourney(call: Call, name: string, definition: object): Promise<string> {
  const { id } = await call('POST', '/v1/journeys', { name, definition });
  for (const move of ['publish', 'activate']) await call('POST', `/v1/journeys/${id}/${move}`, {});
  return id;
}
