import { ACCOUNTS } from '../ledger/index.ts';
import { type Minor, requireMinor } from '../money/index.ts';
import type { BetSplit, Line, LineKind } from './types.ts';

/** The movements of a bet: its stake and its win, of real money and of each bonus. */
export function linesOfBet({ realStake, realWin, parts }: BetSplit): Line[] {
  const { gaming, playerReal, playerBonus } = ACCOUNTS;
  return [
    line('stake', playerReal, gaming, realStake, null),
    ...parts.map(({ grantId, stake }) => line('stake', playerBonus(grantId), gaming, stake, grantId)),
    line('win', gaming, playerReal, realWin, null),
    ...parts.map(({ grantId, win }) => line('win', gaming, playerBonus(grantId), win, grantId)),
  ].filter(({ amount }) => amount > 0);
}

const line = (
  kind: LineKind,
  debit: string,
  credit: string,
  amount: Minor,
  grantId: string | null,
): Line => ({ kind, debit, credit, amount, grantId });

/** What a correction corrects: it counts as one of those. */
const CORRECTED = { stake_corrected: 'stake', win_corrected: 'win' } as const;
const CORRECTION = { stake: 'stake_corrected', win: 'win_corrected' } as const;

const isKeyOf = <Table extends object>(table: Table, key: PropertyKey): key is keyof Table =>
  Object.hasOwn(table, key);

interface Flow {
  readonly of: Line;
  /** From its debit to its credit; below 0 the other way. What flowed in all may be past the safe integers. */
  net: bigint;
}

/**
 * What to book so that books holding `booked` come to hold `folded`: nothing is changed, differences are added.
 * Differences of stakes and wins are booked as `stake_corrected` and `win_corrected`, which later calls count as stakes
 * and wins again; any other keeps its kind, its accounts swapped when it takes back.
 *
 * @throws RangeError when a difference is no safe integer.
 */
export function corrections(booked: readonly Line[], folded: readonly Line[]): Line[] {
  const flows = new Map<string, Flow>();
  for (const each of folded) add(flows, each, BigInt(each.amount));
  for (const each of booked) add(flows, each, -BigInt(each.amount));
  return [...flows.values()].filter(({ net }) => net !== 0n).map(({ of, net }) => booking(of, net));
}

function add(flows: Map<string, Flow>, of: Line, amount: bigint): void {
  const kind = isKeyOf(CORRECTED, of.kind) ? CORRECTED[of.kind] : of.kind;
  const [first, second] = of.debit < of.credit ? [of.debit, of.credit] : [of.credit, of.debit];
  const key = `${kind} ${first} ${second}`;
  const known = flows.get(key);
  if (!known) flows.set(key, { of: { ...of, kind }, net: amount });
  else known.net += known.of.debit === of.debit ? amount : -amount;
}

function booking(of: Line, net: bigint): Line {
  const kind = isKeyOf(CORRECTION, of.kind) ? CORRECTION[of.kind] : of.kind;
  const [debit, credit] = net > 0n ? [of.debit, of.credit] : [of.credit, of.debit];
  return { kind, debit, credit, amount: Math.abs(requireMinor(Number(net))), grantId: of.grantId };
}
