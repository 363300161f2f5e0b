/** Says a sentence in another language; undefined when the book does not have it. */
export type Phrasebook = (sentence: string) => string | undefined;

interface Pattern {
  readonly shape: RegExp;
  readonly said: string;
  /** It only joins what others say: its values have to be known. */
  readonly isJoint: boolean;
}

/**
 * A book of what the server says: sentences in English with numbered holes where values stand,
 * `There is no player "{0}".`, each with what it is in another language. Values are looked up themselves, so that a
 * reason within a sentence is told in the same language; names and numbers stay as they are.
 */
export function createPhrasebook(phrases: Readonly<Record<string, string>>): Phrasebook {
  const whole = new Map(Object.entries(phrases).filter(([sentence]) => !HOLE.test(sentence)));
  const patterns = Object.entries(phrases)
    .filter(([sentence]) => HOLE.test(sentence))
    // The one that says most by itself is the one that was meant.
    .sort(([one], [other]) => weight(other) - weight(one))
    .map(([sentence, said]): Pattern => ({ shape: shapeOf(sentence), said, isJoint: isJoint(sentence) }));

  const say: Phrasebook = (sentence) => {
    const known = whole.get(sentence);
    if (known !== undefined) return known;
    for (const { shape, said, isJoint } of patterns) {
      const values = shape.exec(sentence)?.slice(1);
      if (!values) continue;
      const told = values.map(say);
      if (isJoint && told.every((value) => value === undefined)) continue;
      return said.replace(HOLES, (hole, at: string) => told[Number(at)] ?? values[Number(at)] ?? hole);
    }
    return undefined;
  };
  return say;
}

const HOLE = /\{\d\}/;
const HOLES = /\{(\d)\}/g;

const bare = (sentence: string): string => sentence.replace(HOLES, '');
const weight = (sentence: string): number => bare(sentence).length;
const isJoint = (sentence: string): boolean => sentence.startsWith('{') && !/\p{L}{3}/u.test(bare(sentence));

const shapeOf = (sentence: string): RegExp =>
  new RegExp(`^${sentence.split(HOLE).map(escaped).join('(.+?)')}$`, 's');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
