import { type Result as Outcome, ok } from '@promosmith/core';
import { labelsOf, renderDocument } from '@promosmith/core/content';
import type { Database, Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Brand, Brands } from '../../brands/index.ts';
import type { Channels, Compose, Composed, Draft, MessageRequest } from '../../channels/index.ts';
import type { ContentVersion } from '../../content/index.ts';
import type { Labels, LabelValues, Prepared, PreparedMessage } from '../../labels/index.ts';
import { type KnownPlayer, loadPlayers } from '../../players/index.ts';
import { codesTold } from './codes-told.ts';
import type { Worker } from './dispatcher.ts';
import type { Claim, Move } from './effect.ts';
import { readerFor } from './reader.ts';
import { begin, finish, type Result } from './settle.ts';
import type { Shelf } from './shelf.ts';
import { pauseEffects } from './store.ts';

type MessageClaim = Claim<'message'>;

/** A message of a journey, with what it is written from. */
interface Request extends MessageRequest {
  readonly letter: Letter;
  readonly expiresAt: Date;
}

/** A message and all that is read for it before its transaction. */
interface Letter {
  readonly claim: MessageClaim;
  readonly content: ContentVersion;
  readonly product: MessageRequest['product'];
  readonly player: KnownPlayer | undefined;
  readonly values: Outcome<PreparedMessage>;
}

/** The sandbox has more to do than it takes on. */
const BUSY = 'label_busy';
const BUSY_PAUSE_MS = 1000;

/** Writes messages and hands them to their channels: the values of label tags outside, all else in one transaction. */
export function messageWorker(
  db: Database,
  { brands, channels, labels, move, shelf }: MessageParts,
): Pick<Worker<'message'>, 'work'> {
  /** Evaluates the label tags that each message's texts name in its player's language. */
  async function valuesOf(
    claims: readonly { claim: MessageClaim; names: readonly string[] }[],
  ): Promise<ReadonlyMap<string, Outcome<PreparedMessage>>> {
    const values = new Map<string, Outcome<PreparedMessage>>();
    for (const [, some] of Map.groupBy(claims, ({ names }) => names.join(' '))) {
      const [first] = some;
      if (!first) continue;
      const { names, claim } = first;
      const prepared = await labels.prepare({
        brandId: claim.brandId,
        names,
        at: claim.at,
        messages: some.map(({ claim: { effectKey, playerId } }) => ({ messageId: effectKey, playerId })),
      });
      for (const [messageId, value] of prepared.messages) values.set(messageId, value);
    }
    return values;
  }

  async function lettersOf(claims: readonly MessageClaim[]): Promise<Letter[]> {
    const players = await loadPlayers(
      db,
      claims.map(({ playerId }) => playerId),
    );
    const read: (Omit<Letter, 'values'> & { names: readonly string[] })[] = [];
    for (const claim of claims) {
      const player = players.get(claim.playerId);
      const { content, product } = await shelf.find(claim);
      const names = labelsOf(content.document, player?.language ?? null);
      read.push({ claim, player, content, product, names });
    }
    const values = await valuesOf(read);
    return read.map(({ names: _, ...letter }) => ({
      ...letter,
      values:
        values.get(letter.claim.effectKey) ?? ok({ playerId: letter.claim.playerId, values: {}, codes: [] }),
    }));
  }

  async function send(tx: Queryable, brand: Brand, letters: readonly Letter[]): Promise<void> {
    const { wanted, now } = await begin(
      tx,
      letters.map(({ claim }) => claim),
    );
    if (wanted.length === 0) return;
    const byKey = new Map(letters.map((letter) => [letter.claim.effectKey, letter]));
    const requests = wanted.flatMap((claim): Request[] => {
      const letter = byKey.get(claim.effectKey);
      return letter ? [requestOf(letter, now)] : [];
    });
    const drawn: NewEvent[] = [];
    const compose: Compose<Request> = async (_tx, drafts) => {
      const reserved = await labels.reserve(tx, preparedOf(brand.brandId, drafts));
      drawn.push(...reserved.events);
      return drafts.map((draft) => composed(brand, draft, now, reserved.messages.get(draft.messageId)));
    };
    const { messages, events } = await channels.prepare(tx, brand.brandId, requests, compose);
    const results = messages.flatMap(({ messageId, state, reason }): Result[] => {
      const claim = byKey.get(messageId)?.claim;
      return claim && state === 'suppressed'
        ? [{ claim, outcome: 'suppressed', reason: reason ?? undefined }]
        : [];
    });
    await finish(tx, move, { claims: wanted, results, now, events: [...drawn, ...events] });
  }

  return {
    async work(claims) {
      const [first] = claims;
      if (!first) return;
      const brand = await brands.get(first.brandId);
      const letters = await lettersOf(claims);
      const { busy = [], ready = [] } = Object.groupBy(letters, ({ values }) =>
        !values.ok && values.refusal.key === BUSY ? 'busy' : 'ready',
      );
      if (busy.length > 0)
        await pauseEffects(
          db,
          busy.map(({ claim }) => claim),
          { pauseMs: BUSY_PAUSE_MS, error: BUSY, failed: false },
        );
      if (ready.length > 0) await db.transaction((tx) => send(tx, brand, ready));
    },
  };
}

export interface MessageParts {
  readonly brands: Brands;
  readonly channels: Channels;
  readonly labels: Labels;
  readonly move: Move;
  readonly shelf: Shelf;
}

function requestOf(letter: Letter, now: Date): Request {
  const { claim, content, product } = letter;
  const { brandId, journeyId, enrolmentId, seq, playerId, playerExternalId, effect, effectKey } = claim;
  return {
    ...{ brandId, playerId, playerExternalId, product, letter },
    channel: effect.channel,
    contentId: content.contentId,
    contentVersion: content.version,
    messageId: effectKey,
    originKey: `${enrolmentId}/${seq}`,
    origin: { kind: 'journey', journeyId, enrolmentId, seq },
    expiresAt: new Date(effect.expiresAt),
    expiresAfterMs: effect.expiresAt - now.getTime(),
  };
}

const preparedOf = (brandId: string, drafts: readonly Draft<Request>[]): Prepared => ({
  brandId,
  messages: new Map(drafts.map(({ messageId, request }) => [messageId, request.letter.values])),
});

function composed(
  brand: Brand,
  { request, messageId, unsubscribeUrl }: Draft<Request>,
  now: Date,
  labels: Outcome<LabelValues> | undefined,
): Composed {
  if (!labels?.ok) return { ok: false, problem: labels?.refusal.message ?? 'its label tags have no values' };
  const { letter, playerExternalId: externalId, expiresAt } = request;
  const { player, content, claim } = letter;
  if (!player) return { ok: false, problem: 'nothing is known of the player' };
  const reader = readerFor(brand, { externalId, player }, now, claim.effect, {
    label: labels.value,
    message: {
      id: messageId,
      sent_at: now.toISOString(),
      expires_at: expiresAt.toISOString(),
      unsubscribe_url: unsubscribeUrl,
    },
  });
  const rendering = renderDocument(content.document, reader);
  if (rendering.ok)
    return {
      ...{ ok: true, rendered: rendering.rendered, labels: labels.value },
      codes: codesTold(claim.effect, rendering.rendered),
    };
  const [problem] = rendering.problems;
  return { ok: false, problem: problem ? `${problem.text}: ${problem.message}` : 'it does not render' };
}
