import { useEffect, useState } from 'react';
import { knows, language, shared } from './language.ts';
import { createPhrasebook } from './phrasebook.ts';

/** Says what the server said in the language of the page; as it came where no text of it is known. */
export type Say = (sentence: string) => string;

/** The server speaks English: other languages have a book of what it says, loaded when something was said. */
const books = import.meta.glob<{ default: Record<string, string> }>('./*/phrases.json');
const titles = import.meta.glob<{ default: Record<string, string> }>('./*/problems.json');

const asItCame: Say = (sentence) => sentence;
const learnt = new Map<string, Say>();
const beingLearnt = new Map<string, Promise<Say>>();

/** @throws when the book cannot be loaded; it is asked for again the next time. */
export function learnToSay(): Promise<Say> {
  const spoken = language();
  const saying = beingLearnt.get(spoken) ?? learn(spoken).finally(() => beingLearnt.delete(spoken));
  beingLearnt.set(spoken, saying);
  return saying;
}

async function learn(spoken: string): Promise<Say> {
  const known = learnt.get(spoken);
  if (known) return known;
  const load = books[`./${spoken}/phrases.json`];
  const book = load && createPhrasebook((await load()).default);
  const say: Say = book ? (sentence) => book(sentence) ?? sentence : asItCame;
  learnt.set(spoken, say);
  return say;
}

/** The same in a page, which does not wait for the book: what stands there as it came is said anew. */
export function useSay(): Say {
  const spoken = language();
  const [, setLearnt] = useState(0);
  useEffect(() => {
    if (learnt.has(spoken)) return;
    // Without the book everything stays as it came, which can be read.
    learnToSay().then(
      () => setLearnt((times) => times + 1),
      () => undefined,
    );
  }, [spoken]);
  return learnt.get(spoken) ?? asItCame;
}

/** What is wrong with a field, and what would be right, in the language of the page. */
export const sayFault =
  (say: Say) =>
  <Fault extends { readonly reason: string; readonly fix?: string | undefined }>(fault: Fault): Fault => ({
    ...fault,
    reason: say(fault.reason),
    ...(fault.fix !== undefined && { fix: say(fault.fix) }),
  });

/** What a refusal of this key is called, above what the server says of it; undefined for a key without a name. */
export async function titleOf(key: string): Promise<string | undefined> {
  const load = titles[`./${language()}/problems.json`];
  const own = load && (await load()).default[key];
  // Why codes are refused, lists say as well.
  return own ?? (knows(`refusals.${key}`) ? shared(`refusals.${key}`) : undefined);
}
