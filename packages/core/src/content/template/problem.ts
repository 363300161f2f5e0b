/** Why a template cannot be used, or could not be rendered for somebody. The keys are stable; the messages are not. */
export type TemplateProblemKey =
  /** The source is no template, or uses a tag or filter there is none of. */
  | 'syntax'
  /** Source, expression or nesting past {@link TEMPLATE_LIMITS}. */
  | 'too_large'
  /** A value the template needs is not there, and no `default` says what else. `name` is the variable. */
  | 'missing_value'
  /** A list or an object where text is wanted, or a number that is none. */
  | 'not_text'
  /** The rendering went past {@link TEMPLATE_LIMITS}. */
  | 'too_much_work'
  /** A filter could not work with what it was given. */
  | 'filter_failed'
  /** What came out, or would have, is not JSON. */
  | 'json_invalid'
  /** What came out, or would have, is no link that may be followed. */
  | 'url_invalid'
  /** A value stands where no escaping makes it harmless: in a script, a tag, an unquoted or an active attribute. */
  | 'markup_place';

export interface TemplateProblem {
  readonly key: TemplateProblemKey;
  readonly message: string;
  /** The variable, for `missing_value`. */
  readonly name?: string;
  /** In the template's source, from 1. Absent when it is about the whole. */
  readonly line?: number;
  readonly column?: number;
}

export type Rendering =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: TemplateProblem };
