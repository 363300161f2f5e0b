import type { CodeInput } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { type CodePattern, normaliseCode } from '@promosmith/core/codes';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { upsertInline } from '../players/index.ts';
import { admitCodes } from './admission.ts';
import type { By, CodeRecord } from './code.ts';
import { codeKey } from './code-key.ts';
import { readChoice } from './generation/choice.ts';
import { checkRoom } from './generation/pattern.ts';
import { checkLifetime } from './lifetime.ts';
import { lastSymbols } from './mask.ts';
import { recordCode } from './recording.ts';
import type { SealedOpener } from './sealed/opener.ts';
import { checkOwnPattern } from './sealed/own-pattern.ts';
import type { Sealing } from './sealing.ts';
import { shownText } from './shown-text.ts';
import { findCode, insertCodes, type NewCode } from './store/codes.ts';

/** A new code, with its text in full: the only time it is told. */
export interface CreatedCode {
  code: CodeRecord;
  text: string;
}

/** Every random code may be taken already, all the more where a pattern is short. */
const TRIES = 20;

interface Text {
  text: string;
  key: string;
}

/** Texts to try, one after another. */
interface Texts {
  /** What they are made of; undefined for one that was typed. */
  pattern: CodePattern | undefined;
  next(): Text;
}

/** Makes codes one at a time. */
export function createSingles(db: Database, secrets: Secrets, sealing: Sealing, sealed: SealedOpener) {
  async function typedText(brandId: string, typed: string): Promise<Result<Texts>> {
    const normalised = normaliseCode(typed);
    if (!normalised.ok) return at('code', normalised.refusal);
    if (await sealed.open(brandId, normalised.value)) return taken('A sealed batch has this code.');
    const text = { text: shownText(typed), key: normalised.value.literal };
    return ok({ pattern: undefined, next: () => text });
  }

  function generatedText(input: Exclude<CodeInput, { kind: 'shared' }>): Result<Texts> {
    const read = readChoice(input);
    if (!read.ok) return read;
    const { pattern, generate } = read.value;
    const room = checkRoom(pattern, 1);
    return room.ok ? ok({ pattern, next: () => generate(1)[0] as Text }) : room;
  }

  async function insert(
    tx: Queryable,
    by: By,
    campaignId: string,
    input: CodeInput,
    texts: Texts,
  ): Promise<Result<CreatedCode>> {
    const batchId = newId();
    let tried = '';
    for (let tries = texts.pattern ? TRIES : 1; tries > 0; tries--) {
      const { text, key } = texts.next();
      tried = codeKey(secrets, by.brandId, key);
      const code = newCode(by.brandId, campaignId, batchId, tried, text, input);
      if (!(await insertCodes(tx, [code])).has(tried)) continue;
      const created = await findCode(tx, by.brandId, tried);
      if (!created) throw new Error(`code ${tried} was not stored`);
      await recordCode(tx, by, { action: 'code.created', type: 'code.generated', after: created });
      return ok({ code: created, text });
    }
    const there = await findCode(tx, by.brandId, tried);
    return there ? exists(there) : taken('Another request makes this code.');
  }

  const newCode = (
    brandId: string,
    campaignId: string,
    batchId: string,
    key: string,
    text: string,
    input: CodeInput,
  ): NewCode => ({
    codeKey: key,
    brandId,
    campaignId,
    batchId,
    position: 0,
    kind: input.kind,
    maxUses: input.kind === 'unique' ? 1 : input.maxUses,
    holderId: input.kind === 'personal' ? playerId(brandId, input.holder) : null,
    startsAt: input.startsAt,
    endsAt: input.endsAt,
    last4: lastSymbols(text),
    sharedText: input.kind === 'shared' ? text : null,
    sealedText: input.kind === 'shared' ? null : (sealing.seal([text])[0] ?? null),
  });

  return {
    /** Creates one code: the text an operator typed, or one of the pattern. */
    async create(by: By, campaignId: string, input: CodeInput): Promise<Result<CreatedCode>> {
      const texts =
        input.kind !== 'shared' && input.code === undefined
          ? generatedText(input)
          : await typedText(by.brandId, input.code ?? '');
      if (!texts.ok) return texts;
      const { pattern } = texts.value;
      return db.transaction(async (tx) => {
        const admitted = await admitCodes(tx, by.brandId, campaignId);
        if (!admitted.ok) return admitted;
        const lifetime = await checkLifetime(tx, input);
        if (!lifetime.ok) return lifetime;
        const own = pattern ? await checkOwnPattern(tx, by.brandId, pattern, false) : ok(undefined);
        if (!own.ok) return own;
        if (input.kind === 'personal')
          await upsertInline(tx, [{ brandId: by.brandId, externalId: input.holder, details: {} }]);
        return insert(tx, by, campaignId, input, texts.value);
      });
    },
  };
}

const at = (field: string, { key, message }: { key: string; message: string }) =>
  refuse(key, `${field}: ${message}`, [{ field, reason: message }]);

const taken = (message: string) =>
  refuse('conflict', message, [{ field: 'code', reason: 'is taken', fix: 'choose another text' }]);

/** Codes are unique within a brand, whatever their campaign. */
const exists = ({ codeId, campaignId, state }: CodeRecord) => ({
  ok: false as const,
  refusal: {
    ...taken(`The brand has this code already; it is ${state}.`).refusal,
    codeId,
    campaignId,
  },
});
