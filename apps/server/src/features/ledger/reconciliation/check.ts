/**
 * One invariant of the books as a statement that returns the rows which break it: `subject`, what it should be and
 * what it is, in words. `$1` is the brand, or null for all. Both sides are read in one statement, so a running system
 * is seen at one instant.
 */
export interface Check {
  readonly name: string;
  readonly sql: string;
}

const OF_BRAND = '($1::uuid is null or brand_id = $1)';

type OwnTable =
  | 'activations'
  | 'cashback_periods'
  | 'codes'
  | 'free_spin_packages'
  | 'grants'
  | 'ledger_entries'
  | 'postings'
  | 'wallets';

/** The table's rows of the brand, under its own name or another. */
export const own = (table: OwnTable, name: string = table): string =>
  `(select * from ${table} where ${OF_BRAND}) ${name}`;
