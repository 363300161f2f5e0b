/**
 * An expected "no": a stable `key` for programs, a `message` for people and, where input was at fault, the
 * fields with their reasons and what to do. Refusals are values; exceptions are bugs.
 */
export interface Refusal {
  readonly key: string;
  readonly message: string;
  readonly errors?: readonly FieldError[];
}

/** One field that was refused. `field` is a dotted path into the input, e.g. `limits.total`. */
export interface FieldError {
  readonly field: string;
  readonly reason: string;
  readonly fix?: string;
}

export type Result<T, R extends Refusal = Refusal> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });

export const refuse = (
  key: string,
  message: string,
  errors?: readonly FieldError[],
): { readonly ok: false; readonly refusal: Refusal } => ({
  ok: false,
  refusal: errors ? { key, message, errors } : { key, message },
});
