import type { Permission, ReportFilterName, ReportUnit } from '@promosmith/contract';

/** What a report is made of: resolved filters. */
export interface Scope {
  readonly brandId: string;
  /** Days of the brand's clock, the last one included. */
  readonly fromDay: string;
  readonly toDay: string;
  /** The same as instants, half-open. */
  readonly from: Date;
  readonly until: Date;
  readonly campaignId: string | null;
  readonly playerId: string | null;
}

export interface Column {
  readonly name: string;
  readonly unit: ReportUnit;
  /** What the number or word is, for who reads it. */
  readonly definition: string;
  /** Over the kind's source. */
  readonly sql: string;
}

/** Puts a value into a statement. @returns the text that stands for it. */
export type Param = (value: unknown, type: string) => string;

/**
 * One thing that reports can be of. Its rows are read by pages of one statement, from the end of their order on: the key is
 * in an index, so that no page costs more than another.
 */
export interface Kind {
  readonly kind: string;
  /** What its rows are read with elsewhere: a report opens nothing that is closed otherwise. */
  readonly permission: Permission;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly filters: readonly ReportFilterName[];
  /** What orders rows, newest first: expressions over the source, and their types. Together they are unique. */
  readonly key: readonly { readonly sql: string; readonly type: 'uuid' | 'date' | 'text' }[];
  /** Of a kind whose rows are sums. */
  readonly groupBy?: string;
  /** `from … where …` */
  source(scope: Scope, param: Param): string;
}
