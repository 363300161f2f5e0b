import { Readable } from 'node:stream';
import type { CampaignPerformance, MoneyNumbers } from '@promosmith/contract';
import { csvLine } from '../../../platform/csv.ts';
import type { Database } from '../../../platform/db.ts';
import type { Period } from './period.ts';
import { type Line, readTable, type Sorting } from './table.ts';

const AT_ONCE = 500;

type Column = readonly [name: string, of: (campaign: CampaignPerformance) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['campaign', ({ campaignId }) => campaignId],
  ['name', ({ name }) => name],
  ['status', ({ status }) => status],
  ['tries', ({ tries }) => tries],
  ['accepted', ({ accepted }) => accepted],
  ['awaiting_deposit', ({ awaitingDeposit }) => awaitingDeposit],
  ['refused', ({ refused }) => refused],
  ['acceptance_rate_bp', ({ acceptanceRate }) => acceptanceRate],
  ['lapsed', ({ lapsed }) => lapsed],
  ['reversed', ({ reversed }) => reversed],
  ['distributed', ({ distributed }) => distributed],
  ['activation_rate_bp', ({ activationRate }) => activationRate],
  ['shown', ({ shown }) => shown],
  ['grants', ({ grants }) => grants],
  ['wagered', ({ wagered }) => wagered],
  ['conversions', ({ conversions }) => conversions],
];

const MONEY: readonly (readonly [name: string, of: (money: MoneyNumbers) => number | null])[] = [
  ['granted_minor', ({ granted }) => granted],
  ['converted_minor', ({ converted }) => converted],
  ['cash_paid_minor', ({ cashPaid }) => cashPaid],
  ['cost_minor', ({ cost }) => cost],
  ['deposits', ({ deposits }) => deposits],
  ['deposited_minor', ({ deposited }) => deposited],
  ['bonus_to_deposit_bp', ({ bonusToDeposit }) => bonusToDeposit],
  ['breakage_minor', ({ breakage }) => breakage],
  ['bets', ({ bets }) => bets],
  ['staked_minor', ({ staked }) => staked],
  ['won_minor', ({ won }) => won],
  ['ggr_minor', ({ ggr }) => ggr],
  ['fees_minor', ({ fees }) => fees],
  ['ngr_minor', ({ ngr }) => ngr],
  ['cost_of_ggr_bp', ({ costOfGgr }) => costOfGgr],
];

/** The table as CSV, money in one currency. Read page by page, so that a slow reader holds no connection. */
export const exportTable = (db: Database, brandId: string, period: Period, sorting: Sorting): Readable =>
  Readable.from(lines(db, brandId, period, sorting), { objectMode: false });

async function* lines(
  db: Database,
  brandId: string,
  period: Period,
  sorting: Sorting,
): AsyncGenerator<string> {
  yield csvLine([...COLUMNS, ['currency'], ...MONEY].map(([name]) => name as string));
  let after: Line | undefined;
  do {
    const page = await readTable(db, brandId, period, sorting, after, AT_ONCE);
    yield page.map(({ campaign }) => lineOf(campaign, sorting.currency)).join('');
    after = page.length === AT_ONCE ? page.at(-1) : undefined;
  } while (after);
}

/** A campaign without anything in the currency has zeros: it is counted that there was nothing. */
function lineOf(campaign: CampaignPerformance, currency: string): string {
  const money = campaign.money.find((of) => of.currency === currency) ?? nothing(currency);
  return csvLine([...COLUMNS.map(([, of]) => of(campaign)), currency, ...MONEY.map(([, of]) => of(money))]);
}

const nothing = (currency: string): MoneyNumbers => ({
  ...{ currency, granted: 0, converted: 0, cashPaid: 0, cost: 0, deposits: 0, deposited: 0 },
  ...{ breakage: 0, bets: 0, staked: 0, won: 0, ggr: 0, fees: 0, ngr: 0 },
  ...{ bonusToDeposit: null, costOfGgr: null },
});
