/** Errors keep content from being published; warnings are for its author to judge. Keys are stable. */
export const FINDINGS = {
  syntax: 'error',
  too_large: 'error',
  unknown_variable: 'error',
  unknown_label: 'error',
  unknown_event_field: 'error',
  unknown_secret: 'error',
  locale_invalid: 'error',
  text_missing: 'error',
  link_invalid: 'error',
  link_not_https: 'warning',
  not_an_instant: 'error',
  too_long: 'error',
  long: 'warning',
  translation_unreachable: 'warning',
  translation_incomplete: 'warning',
  block_id_twice: 'error',
  action_not_for_channel: 'error',
  cannot_be_closed: 'error',
  when_shown_without_code: 'warning',
  contrast_low: 'warning',
} as const satisfies Record<string, 'error' | 'warning'>;

export type FindingKey = keyof typeof FINDINGS;

/** One thing to mend, or to think about, in a document. */
export interface Finding {
  readonly severity: 'error' | 'warning';
  readonly key: FindingKey;
  readonly message: string;
  /** The key of the text, such as `offer.text`, or of the setting. Absent when it is about the whole. */
  readonly text?: string;
  /** Of the translation it is in; absent for the document's own language. */
  readonly locale?: string;
  /** In the text, from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A finding of its key's severity. */
export const finding = (
  key: FindingKey,
  message: string,
  place: Omit<Finding, 'severity' | 'key' | 'message'> = {},
): Finding => ({ severity: FINDINGS[key], key, message, ...place });
