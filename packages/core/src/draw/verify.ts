import { commitmentOf, DRAW_METHOD, entriesText, isSeed, sha256Of } from './digests.ts';
import { pickPositions } from './pick.ts';

/** What is published of a draw that is over. Digests and seed are lower-case hexadecimal. */
export interface DrawProof {
  readonly method: string;
  readonly drawId: string;
  /** Published when the draw was created: keep it from then, and compare. */
  readonly commitment: string;
  readonly seed: string;
  readonly entriesDigest: string;
  readonly entryCount: number;
  /** How many were to win. */
  readonly prizes: number;
  /** The winning entries' ids in the order they were picked. */
  readonly winners: readonly string[];
}

/** Whether a proof holds, and if not, everything that does not. */
export type DrawVerdict =
  | { readonly valid: true }
  | { readonly valid: false; readonly faults: readonly string[] };

/**
 * Checks a draw from what was published, without trusting whoever held it: that the seed is the one committed to, that
 * the entries are those that were frozen, and that seed and entries lead to these winners.
 * @param entries ids of all entries, as listed.
 */
export async function verifyDraw(proof: DrawProof, entries: readonly string[]): Promise<DrawVerdict> {
  const faults = [
    ...(proof.method === DRAW_METHOD ? [] : [`the method is ${proof.method}, not ${DRAW_METHOD}`]),
    ...(await seedFaults(proof)),
    ...(await entryFaults(proof, entries)),
  ];
  if (faults.length === 0) faults.push(...(await winnerFaults(proof, entries)));
  return faults.length === 0 ? { valid: true } : { valid: false, faults };
}

async function seedFaults({ seed, commitment }: DrawProof): Promise<string[]> {
  if (!isSeed(seed)) return ['the seed is not 64 hexadecimal digits'];
  return (await commitmentOf(seed)) === commitment ? [] : ['the seed is not the one committed to'];
}

async function entryFaults(proof: DrawProof, entries: readonly string[]): Promise<string[]> {
  const faults: string[] = [];
  if (entries.length !== proof.entryCount)
    faults.push(`there are ${entries.length} entries, not ${proof.entryCount}`);
  if (entries.some((entry, at) => at > 0 && entry <= (entries[at - 1] ?? '')))
    faults.push('the entries are not in ascending order, each once');
  if ((await sha256Of(entriesText(entries))) !== proof.entriesDigest)
    faults.push('the entries are not those of the digest');
  return faults;
}

async function winnerFaults(proof: DrawProof, entries: readonly string[]): Promise<string[]> {
  const positions = await pickPositions(proof, proof.prizes);
  if (positions.length !== proof.winners.length)
    return [`there are ${proof.winners.length} winners, not ${positions.length}`];
  return positions.flatMap((position, place) => {
    const [due, named] = [entries[position], proof.winners[place]];
    return due === named ? [] : [`winner ${place + 1} is ${due}, not ${named}`];
  });
}
