import type { Client } from '@promosmith/client';
import type { RiskCase } from '@promosmith/contract';
import type { Actors, On } from '../actors.ts';
import type { World } from '../world.ts';
import { triedOn } from './if-allowed.ts';

const A_DAY = 12;
/** Of the last day or two nothing has been looked at yet. */
const LEFT_DAYS = 2;
const DAY_MS = 86_400_000;
/** What a family does not have in common. */
const TELLING: ReadonlySet<string> = new Set(['email_alias_duplicate', 'payment_shared', 'code_guessing']);

/** The fraud analyst's mornings: the queue from its top, families let go, rings ended. */
export function workThroughCases(at: On, world: World, _: Actors): void {
  const on = triedOn(at);
  const days = Math.floor((world.until - world.from) / DAY_MS) - LEFT_DAYS;
  for (let day = 1; day <= days; day++) on(day, 10.1, () => decideSome(world));
}

async function decideSome(world: World): Promise<void> {
  const analyst = await world.as('fraud_analyst');
  const { items } = await analyst.listCases({ query: { limit: A_DAY } });
  for (const one of items) await decide(analyst, one);
}

async function decide(analyst: Client, { id, evidence, kind, revision }: RiskCase): Promise<void> {
  const found = findingsIn(evidence);
  const isAbuse = kind === 'activation_held' && found.some((name) => TELLING.has(name));
  const params = { caseId: id };
  if (isAbuse && found.length > 1)
    await analyst.noteOnCase({
      params,
      body: { text: 'Same mailbox and card as the accounts of last week.' },
    });
  await analyst.decideCase({
    params,
    body: isAbuse
      ? {
          decision: 'decline',
          reason: 'A further account of the same person',
          playerMessage: 'This offer is for one account each.',
          revision: isAbuse && found.length > 1 ? await revisionOf(analyst, id) : revision,
        }
      : { decision: 'release', reason: 'A family: their own names, cards and bets', revision },
  });
}

const revisionOf = async (analyst: Client, caseId: string): Promise<number> =>
  (await analyst.getCase({ params: { caseId } })).revision;

function findingsIn({ findings }: RiskCase['evidence']): string[] {
  if (!Array.isArray(findings)) return [];
  return findings.flatMap((finding) =>
    typeof finding?.indicator === 'string' && finding.points > 0 ? [finding.indicator] : [],
  );
}
