import { z } from 'zod';
import { type Html, html } from './html.ts';

/** What somebody filled in: shown again when it cannot be taken. */
export type Filled = Readonly<Record<string, string>>;
/** What is wrong, by field. */
export type Problems = Readonly<Record<string, string>>;

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: Problems };

/** The fields of a form as text, whatever was sent. */
export function filledIn(body: unknown): Filled {
  if (typeof body !== 'object' || body === null) return {};
  return Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

export function check<T>(schema: z.ZodType<T>, filled: Filled): Checked<T> {
  const read = schema.safeParse(filled);
  if (read.success) return { ok: true, value: read.data };
  const problems: Record<string, string> = {};
  for (const { path, message } of read.error.issues) problems[String(path[0] ?? '')] ??= message;
  return { ok: false, problems };
}

/** Ids that pages make for what a form asks for, so that it is done once. */
export const FormId = z.uuid('This form is broken: load the page again.');

interface Field {
  name: string;
  /** The name, unless the page has another field of it. */
  id?: string;
  label: string;
  type?: string;
  hint?: string;
  autocomplete?: string;
  inputmode?: string;
  required?: boolean;
  maxlength?: number;
  /** Shown when nothing was filled in. */
  initial?: string;
}

/** A labelled input with its hint and what is wrong with it. Passwords are never shown again. */
export function field(field: Field, filled: Filled, problems: Problems): Html {
  const { name, id = name, label, type = 'text', hint, required = true, initial = '' } = field;
  const problem = problems[name];
  const describedBy = [hint && `${id}-hint`, problem && `${id}-problem`].filter(Boolean).join(' ');
  const value = type === 'password' ? '' : (filled[name] ?? initial);
  return html`<div class="field">
    <label for="${id}">${label}${!required && html` <span class="optional">optional</span>`}</label>
    ${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}
    <input id="${id}" name="${name}" type="${type}" value="${value}" ${required && html`required`}
      ${field.autocomplete && html`autocomplete="${field.autocomplete}"`}
      ${field.inputmode && html`inputmode="${field.inputmode}"`}
      ${field.maxlength && html`maxlength="${field.maxlength}"`}
      ${describedBy && html`aria-describedby="${describedBy}"`} ${problem && html`aria-invalid="true"`}>
    ${problem && html`<p class="problem" id="${id}-problem">${problem}</p>`}
  </div>`;
}

interface Choice {
  name: string;
  /** The name, unless the page has another field of it. */
  id?: string;
  label: string;
  /** Texts by value. */
  options: Readonly<Record<string, string>>;
}

export function choice(
  { name, id = name, label, options }: Choice,
  filled: Filled,
  problems: Problems,
): Html {
  const problem = problems[name];
  return html`<div class="field">
    <label for="${id}">${label}</label>
    <select id="${id}" name="${name}" ${problem && html`aria-invalid="true" aria-describedby="${id}-problem"`}>
      ${Object.entries(options).map(
        ([value, text]) =>
          html`<option value="${value}" ${filled[name] === value && html`selected`}>${text}</option>`,
      )}
    </select>
    ${problem && html`<p class="problem" id="${id}-problem">${problem}</p>`}
  </div>`;
}

export function tickBox(
  { name, label }: { name: string; label: string },
  filled: Filled,
  problems: Problems,
): Html {
  const problem = problems[name];
  return html`<div class="field tick">
    <input id="${name}" name="${name}" type="checkbox" ${filled[name] === 'on' && html`checked`}
      ${problem && html`aria-invalid="true" aria-describedby="${name}-problem"`}>
    <label for="${name}">${label}</label>
    ${problem && html`<p class="problem" id="${name}-problem">${problem}</p>`}
  </div>`;
}

/** What is wrong, at the top of a form; empty when nothing is. */
export const summary = (problems: Problems): Html =>
  Object.keys(problems).length === 0
    ? html``
    : html`<div class="notice bad" role="alert">
        <p>${problems[''] ?? 'Please look at the marked fields. Nothing you wrote was lost.'}</p>
      </div>`;
