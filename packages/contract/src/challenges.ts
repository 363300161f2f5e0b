import { z } from 'zod';

/** What who enters a code must show while codes are tried at random. */
export const ChallengeKind = z
  .enum(['off', 'proof_of_work', 'platform'])
  .describe(
    'While codes are tried at random. `proof_of_work`: the browser works a second for each code, as the widget does by itself; ' +
      '`platform`: the platform makes sure that it is a person, and says so with its API key',
  );
export type ChallengeKind = z.infer<typeof ChallengeKind>;

/** A platform says by it, with its API key, that it has made sure of a person. */
export const IS_HUMAN = 'human';

/** Of a problem `challenge_required`: what to send the request with once more. */
export const Challenge = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('proof_of_work'),
      token: z.string().describe('Of this very code, good for five minutes'),
      bits: z.int().describe('So many zero bits the digest begins with'),
    })
    .describe(
      'Look for a number n for which SHA-256 of the text `<token>.<n>` begins with so many zero bits, and send `<token>.<n>`',
    ),
  z
    .object({ kind: z.literal('platform') })
    .describe('A request of the platform with its API key, and `human`'),
]);
export type Challenge = z.infer<typeof Challenge>;

export const proofHeaders = z.object({
  'promosmith-proof': z
    .string()
    .max(255)
    .optional()
    .describe(
      'Where the problem `challenge_required` asks for it: a solution of its `challenge`; with an API key also `human`, for ' +
        'a player of whom the platform has made sure',
    ),
});
