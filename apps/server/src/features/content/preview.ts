import { randomUUID } from 'node:crypto';
import {
  type previewContent,
  RenderedContent,
  type RouteInput,
  type RouteOutput,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type Json, type Reader, renderDocument, smsSegments } from '@promosmith/core/content';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import type { Brand } from '../brands/index.ts';
import { loadPlayers } from '../players/index.ts';
import type { Knowledge } from './known.ts';
import { type MessageValues, readerOf, sampleReader } from './reader.ts';

type Input = RouteInput<typeof previewContent>['body'];

/** A document as one player would get it, or as a player who is like the examples of the facts. Draws no code. */
export async function preview(
  db: Queryable,
  { brand, known }: { brand: Brand; known: Knowledge },
  input: Input,
): Promise<Result<RouteOutput<typeof previewContent>>> {
  const reader = await readerFor(db, brand, known, input);
  if (!reader.ok) return reader;
  const rendering = renderDocument(input.document, {
    ...reader.value,
    locale: input.locale ?? reader.value.locale,
  });
  if (!rendering.ok) return ok({ rendered: null, problems: [...rendering.problems], sms: null });
  const rendered = RenderedContent.parse(rendering.rendered);
  return ok({ rendered, problems: [], sms: rendered.channel === 'sms' ? smsSegments(rendered.text) : null });
}

async function readerFor(
  db: Queryable,
  brand: Brand,
  known: Knowledge,
  input: Input,
): Promise<Result<Reader>> {
  const at = await databaseTime(db);
  const values = valuesOf(known, input, at);
  if (input.player === undefined) return ok(sampleReader(brand, exampleState(known), values));
  const id = playerId(brand.brandId, input.player);
  const player = (await loadPlayers(db, [id])).get(id);
  if (!player) return refuse('not_found', `There is no player "${input.player}".`);
  return ok(readerOf(brand, { externalId: input.player, player }, at, values));
}

async function databaseTime(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('select now() as now');
  const now = rows[0]?.now;
  if (!now) throw new Error('the database does not tell the time');
  return now;
}

/** What the message would hold. A label tag without a value given is its name in capitals. */
function valuesOf({ labels }: Knowledge, input: Input, at: Date): MessageValues {
  const stand = Object.fromEntries([...labels].map((name) => [name, name.toUpperCase()]));
  const { document } = input;
  const expires = 'expiresAfterMs' in document ? new Date(at.getTime() + document.expiresAfterMs) : null;
  return {
    label: { ...stand, ...input.labels },
    event: input.event as Record<string, Json>,
    events: input.events as Record<string, Json>,
    message: {
      id: randomUUID(),
      sent_at: at.toISOString(),
      expires_at: expires?.toISOString() ?? null,
      unsubscribe_url: 'https://unsubscribe.invalid/',
    },
  };
}

const exampleState = ({ state }: Knowledge): Record<string, Json> =>
  Object.fromEntries(state.map(({ name, example }) => [name, example]));
