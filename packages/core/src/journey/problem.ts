import type { Edge, NodeId } from './graph.ts';

export type ProblemKey =
  | 'too_many_nodes'
  | 'too_many_edges'
  | 'too_many_variants'
  | 'too_many_headers'
  | 'node_id_invalid'
  | 'text_too_long'
  | 'edge_dangling'
  | 'edge_repeated'
  | 'trigger_missing'
  | 'trigger_repeated'
  | 'trigger_entered'
  | 'connector_unknown'
  | 'connector_missing'
  | 'connector_repeated'
  | 'exit_left'
  | 'unreachable'
  | 'cycle_without_wait'
  | 'setting_missing'
  | 'setting_out_of_bounds'
  | 'setting_invalid'
  | 'event_unknown'
  | 'event_not_heard'
  | 'rule_invalid'
  | 'cron_invalid'
  | 'split_not_whole'
  | 'variant_repeated'
  | 'impression_decides'
  | 'never_leaves_by'
  | 'waits_forever';

/** What is wrong with a journey, where, and what to do. JSON-safe. */
export interface Problem {
  readonly key: ProblemKey;
  /** A journey with an error can't be published; a warning says what was hardly meant. */
  readonly severity: 'error' | 'warning';
  readonly nodeId?: NodeId;
  readonly edge?: Edge;
  /** Dotted path within the node; within the journey's settings when there is no `nodeId`. */
  readonly field?: string;
  readonly message: string;
  readonly fix: string;
}

type Place = Pick<Problem, 'nodeId' | 'edge' | 'field'>;

export const error = (key: ProblemKey, at: Place, message: string, fix: string): Problem => ({
  key,
  severity: 'error',
  ...at,
  message,
  fix,
});

export const warning = (key: ProblemKey, at: Place, message: string, fix: string): Problem => ({
  ...error(key, at, message, fix),
  severity: 'warning',
});
