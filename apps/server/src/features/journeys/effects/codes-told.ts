import { Id } from '@promosmith/contract';
import type { Rendered } from '@promosmith/core/content';
import type { Effect } from '@promosmith/core/journey';
import { z } from 'zod';

/** What a node that sends a code leaves behind for the nodes after it. */
const Sent = z.object({ code: z.string().min(1), codeId: Id });

/** The keys of codes that the journey bound to the player before and that a message tells, wherever in it. */
export function codesTold({ events }: Pick<Effect, 'events'>, rendered: Rendered): string[] {
  const sent = Object.values(events).flatMap((data) => Sent.safeParse(data).data ?? []);
  if (sent.length === 0) return [];
  const text = JSON.stringify(rendered);
  return sent.filter(({ code }) => text.includes(code)).map(({ codeId }) => codeId);
}
