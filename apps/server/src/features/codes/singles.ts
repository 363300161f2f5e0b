import { randomBytes } from 'node:crypto';
import type { CodeInput } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { createCodeGenerator, createProfanityFilter } from '@promosmith/core/codes';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId, playerId } from '../../platform/ids.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { upsertInline } from '../players/index.ts';
import { admitCodes } from './admission.ts';
import { type By, type CodeRecord, codeNotFound } from './code.ts';
import { codeKey } from './code-key.ts';
import { checkRoom, chosenPattern, readPattern } from './generation/pattern.ts';
import { checkLifetime } from './lifetime.ts';
import { lastSymbols } from './mask.ts';
import { recordCode } from './recording.ts';
import type { Sealing } from './sealing.ts';
import { shownText } from './shown-text.ts';
import { findCode, insertCodes, type NewCode } from './store/codes.ts';
import { writtenCode } from './written-code.ts';

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

/** Makes codes one at a time. */
export function createSingles(db: Database, secrets: Secrets, sealing: Sealing) {
  const filter = createProfanityFilter();

  function typedText(typed: string): Result<() => Text> {
    const normalised = writtenCode(typed);
    if (!normalised.ok) return normalised;
    const text = { text: shownText(typed), key: normalised.value.literal };
    return ok(() => text);
  }

  function generatedText(input: Exclude<CodeInput, { kind: 'shared' }>): Result<() => Text> {
    const pattern = readPattern(chosenPattern(input));
    if (!pattern.ok) return pattern;
    const room = checkRoom(pattern.value, 1);
    if (!room.ok) return room;
    const generator = createCodeGenerator(
      pattern.value,
      randomBytes,
      input.allowOffensive ? undefined : filter,
    );
    return generator.ok ? ok(() => generator.value(1)[0] as Text) : generator;
  }

  async function insert(
    tx: Queryable,
    by: By,
    campaignId: string,
    input: CodeInput,
    texts: () => Text,
    tries: number,
  ): Promise<Result<CreatedCode>> {
    const batchId = newId();
    let taken = '';
    for (let tried = 0; tried < tries; tried++) {
      const { text, key } = texts();
      taken = codeKey(secrets, by.brandId, key);
      const code = newCode(by.brandId, campaignId, batchId, taken, text, input);
      if (!(await insertCodes(tx, [code])).has(taken)) continue;
      const created = await findCode(tx, by.brandId, taken);
      if (!created) throw new Error(`code ${taken} was not stored`);
      await recordCode(tx, by, { action: 'code.created', type: 'code.generated', after: created });
      return ok({ code: created, text });
    }
    return exists(await findCode(tx, by.brandId, taken));
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
      const typed = input.code;
      const texts =
        typed === undefined && input.kind !== 'shared' ? generatedText(input) : typedText(typed ?? '');
      if (!texts.ok) return texts;
      return db.transaction(async (tx) => {
        const admitted = await admitCodes(tx, by.brandId, campaignId);
        if (!admitted.ok) return admitted;
        const lifetime = await checkLifetime(tx, input);
        if (!lifetime.ok) return lifetime;
        if (input.kind === 'personal')
          await upsertInline(tx, [{ brandId: by.brandId, externalId: input.holder, details: {} }]);
        return insert(tx, by, campaignId, input, texts.value, typed === undefined ? TRIES : 1);
      });
    },
  };
}

/** Codes are unique within a brand, whatever their campaign. */
function exists(code: CodeRecord | undefined) {
  if (!code) return codeNotFound();
  return {
    ok: false as const,
    refusal: {
      key: 'conflict',
      message: `The brand has this code already; it is ${code.state}.`,
      errors: [{ field: 'code', reason: 'is taken', fix: 'choose another text' }],
      codeId: code.codeId,
      campaignId: code.campaignId,
    },
  };
}
