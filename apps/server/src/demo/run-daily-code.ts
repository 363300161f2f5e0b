import { type Client, createClient } from '@promosmith/client';
import {
  DAILY_CAMPAIGN,
  DAILY_FUNCTION,
  DAILY_INBOX,
  DAILY_INBOX_NAME,
  DAILY_LABEL,
  DAILY_NAME,
  DAILY_POPUP,
  DAILY_SECRET,
  dailyJourney,
} from './daily-code.ts';

type Content = Parameters<Client['createContent']>[0]['body'] & { from: 'document' };

/**
 * Sets the journey of the demo up, through the API as anybody would, unless it is there; one that was begun and not
 * finished is finished. What people did with it since stays as it is, but for where its webhook finds the server.
 * @param url base URL that this server reaches itself by.
 * @param key of an API key that may do all this.
 */
export async function runDailyCode(url: string, key: string): Promise<void> {
  const promosmith = createClient({ baseUrl: url, key });
  const campaignId = await campaign(promosmith);
  await keyForWebhook(promosmith, new URL(url).hostname);
  const target = `${url}/v1/campaigns/${campaignId}/codes`;
  const journeyId = (await journeyThere(promosmith, target)) ?? (await draw(promosmith, target));
  const params = { journeyId };
  const { status, version } = await promosmith.getJourney({ params });
  if (status !== 'draft') return;
  if (version === null) await promosmith.publishJourney({ params, body: { note: 'Of the demo' } });
  await promosmith.activateJourney({ params });
}

const named = <Item extends { name: string }>(items: readonly Item[], name: string): Item | undefined =>
  items.find((item) => item.name === name);

async function campaign(promosmith: Client): Promise<string> {
  const { items } = await promosmith.listCampaigns({ query: { name: DAILY_NAME } });
  const there = named(items, DAILY_NAME) ?? (await promosmith.createCampaign({ body: DAILY_CAMPAIGN }));
  if (there.status === 'draft') await promosmith.submitCampaign({ params: { campaignId: there.id } });
  return there.id;
}

/** The webhook's own key may make codes and nothing else, and is sent nowhere but here. */
async function keyForWebhook(promosmith: Client, host: string): Promise<void> {
  const { items } = await promosmith.listJourneySecrets({});
  if (named(items, DAILY_SECRET)?.hosts?.includes(host)) return;
  const { secret } = await promosmith.createKey({
    body: { name: `journey “${DAILY_NAME}”`, scopes: ['codes:write'] },
  });
  await promosmith.putJourneySecret({
    params: { secretName: DAILY_SECRET },
    body: { value: secret, hosts: [host] },
  });
}

/** @returns the id of the journey, if it is there. A server that listens elsewhere today has its webhook follow. */
async function journeyThere(promosmith: Client, target: string): Promise<string | undefined> {
  const journey = named((await promosmith.listJourneys({ query: { name: DAILY_NAME } })).items, DAILY_NAME);
  if (!journey) return undefined;
  const params = { journeyId: journey.id };
  const { draft, revision, version } = await promosmith.getJourney({ params });
  const { save } = draft.nodes;
  if (journey.status === 'archived' || save?.kind !== 'webhook' || save.url === target) return journey.id;
  const nodes = { ...draft.nodes, save: { ...save, url: target } };
  await promosmith.updateJourney({ params, body: { revision, definition: { ...draft, nodes } } });
  if (version === null) return journey.id;
  const published = await promosmith.publishJourney({
    params,
    body: { note: 'Where the server listens today' },
  });
  if (published.version !== null)
    await promosmith.startMigration({ params, body: { from: version, to: published.version } });
  return journey.id;
}

async function draw(promosmith: Client, target: string): Promise<string> {
  const labels = await promosmith.listLabels({ query: { limit: 200 } });
  if (!named(labels.items, DAILY_LABEL))
    await promosmith.createLabel({ body: { name: DAILY_LABEL, definition: DAILY_FUNCTION } });
  const popupId = await content(promosmith, DAILY_NAME, DAILY_POPUP);
  const inboxId = await content(promosmith, DAILY_INBOX_NAME, DAILY_INBOX);
  const { id } = await promosmith.createJourney({
    body: { name: DAILY_NAME, definition: dailyJourney(target, { popupId, inboxId }) },
  });
  return id;
}

async function content(promosmith: Client, name: string, document: Content['document']): Promise<string> {
  const { items } = await promosmith.listContent({ query: { name } });
  const there = named(items, name);
  return (there ?? (await promosmith.createContent({ body: { from: 'document', name, document } }))).id;
}
