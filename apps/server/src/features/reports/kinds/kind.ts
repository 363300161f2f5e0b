import type { Permission, ReportFilterName, ReportUnit } from '@promosmith/contract';
import type { ReadCohortRows } from '../../cohorts/index.ts';
import type { ReadExperiments } from '../../experiments/index.ts';

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
}

export interface SqlColumn extends Column {
  /** Over the kind's source. */
  readonly sql: string;
}

/** Days and ids are text. */
export type Cell = string | number | Date | null;

/** Puts a value into a statement. @returns the text that stands for it. */
export type Param = (value: unknown, type: string) => string;

/** One thing that reports can be of. */
export type Kind = StoredKind | CountedKind;

interface About {
  readonly kind: string;
  /** What its rows are read with elsewhere: a report opens nothing that is closed otherwise. */
  readonly permission: Permission;
  readonly title: string;
  readonly description: string;
  readonly filters: readonly ReportFilterName[];
}

/**
 * One whose rows are stored: read by pages of one statement, from the end of their order on. The key is in an index, so that no
 * page costs more than another.
 */
export interface StoredKind extends About {
  readonly columns: readonly SqlColumn[];
  /** What orders rows, newest first: expressions over the source, and their types. Together they are unique. */
  readonly key: readonly { readonly sql: string; readonly type: 'uuid' | 'date' | 'text' }[];
  /** Of a kind whose rows are sums. */
  readonly groupBy?: string;
  /** `from … where …` */
  source(scope: Scope, param: Param): string;
}

/** Where rows come from that others count in the background. */
export interface Sources {
  readonly cohorts: ReadCohortRows;
  readonly experiments: ReadExperiments;
}

/** One whose rows were counted before, and are so few that they are read at once. */
export interface CountedKind extends About {
  readonly columns: readonly Column[];
  /** In any order. */
  rows(sources: Sources, scope: Scope): Promise<readonly CountedRow[]>;
}

export interface CountedRow {
  /** Orders rows, the highest first; no two have the same. */
  readonly key: string;
  /** By the names of columns. */
  readonly cells: Readonly<Record<string, Cell>>;
}
