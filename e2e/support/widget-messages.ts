import {
  READY_MADE,
  type Rendered,
  type RenderedInbox,
  type RenderedPopup,
  renderDocument,
  withDefaults,
} from '@promosmith/core/content';
import { aRequest, prepareAll } from '../../apps/server/src/features/channels/testing/messages.ts';
import type { TestApp } from '../../apps/server/src/testing/test-app.ts';
import { reader } from '../../packages/core/src/content/testing/index.ts';

type Shown = RenderedPopup | RenderedInbox;

export interface Sending {
  /** The player's language. */
  locale?: string;
  /** When a countdown is over, and the message itself. */
  expiresAfterMs?: number;
  /** Of the label tag `promo_code`. */
  code?: string;
  /** Differences from what is rendered. */
  change?: Partial<RenderedPopup> | Partial<RenderedInbox>;
}

/** A ready-made document as a player gets it. */
export function rendered(
  template: string,
  { locale = 'en', expiresAfterMs = 3_600_000, code, change }: Sending = {},
): Shown {
  const readyMade = READY_MADE.find(({ id }) => id === template);
  if (!readyMade) throw new Error(`There is no ${template}`);
  const { scope, ...rest } = reader({ locale });
  const message = { ...scope.message, expires_at: new Date(Date.now() + expiresAfterMs).toISOString() };
  const label = { promo_code: code ?? 'SPRING-7K2M' };
  const rendering = renderDocument(readyMade.document(withDefaults(readyMade, {})), {
    ...rest,
    scope: { ...scope, message, label },
  });
  if (!rendering.ok) throw new Error(JSON.stringify(rendering.problems));
  return { ...rendering.rendered, ...change } as Shown;
}

/** Sends a player what is drawn already. @returns the message's id. */
export async function sendRendered(
  app: TestApp,
  player: string,
  content: Rendered,
  expiresAfterMs = 3_600_000,
): Promise<string> {
  const request = aRequest(app.brand.brandId, player, { channel: content.channel, expiresAfterMs });
  const [message] = await prepareAll(app, [request], async (_tx, drafts) =>
    drafts.map(() => ({ ok: true, rendered: content, labels: { promo_code: 'SPRING-7K2M' } })),
  );
  if (!message) throw new Error('nothing was prepared');
  return message.messageId;
}

/** Sends a player a ready-made document. @returns the message's id. */
export const sendTemplate = (
  app: TestApp,
  player: string,
  template: string,
  sending: Sending = {},
): Promise<string> => sendRendered(app, player, rendered(template, sending), sending.expiresAfterMs);
