import { randomBytes } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { createCodeGenerator, createProfanityFilter } from '@promosmith/core/codes';
import { parse } from 'uuid';
import { openSecrets } from '../../../platform/secrets.ts';
import { codeKeyBytes } from '../code-key.ts';
import { lastSymbols } from '../mask.ts';
import { createSealing } from '../sealing.ts';
import { type CodeRow, encodeRows } from './copy-rows.ts';
import type { MakeRequest, MakerOptions } from './maker.ts';
import { readPattern } from './pattern.ts';

// Drawing, hashing and encrypting a million codes is ten seconds of computing; here it holds up no request.
const { secretKey, brandId, choice, allowOffensive } = workerData as MakerOptions;
const secrets = openSecrets(Buffer.from(secretKey));
const sealing = createSealing(secrets);

const pattern = readPattern(choice);
if (!pattern.ok) throw new Error(`a checked pattern is refused: ${pattern.refusal.message}`);
const generator = createCodeGenerator(
  pattern.value,
  randomBytes,
  allowOffensive ? undefined : createProfanityFilter(),
);
if (!generator.ok) throw new Error(`a checked pattern is refused: ${generator.refusal.message}`);
const generate = generator.value;

parentPort?.on('message', ({ count, holders }: MakeRequest) => {
  const codes = generate(count);
  const sealed = sealing.seal(codes.map(({ text }) => text));
  const rows = codes.map(
    ({ key, text }, at): CodeRow => ({
      key: codeKeyBytes(secrets, brandId, key),
      last4: lastSymbols(text),
      sealed: sealed[at] as Buffer,
      holder: holders?.[at] === undefined ? undefined : Buffer.from(parse(holders[at])),
    }),
  );
  const chunk = encodeRows(rows);
  parentPort?.postMessage(chunk, [chunk.buffer]);
});
