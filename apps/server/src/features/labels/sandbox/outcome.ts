import { refuse } from '@promosmith/core';
import { LABEL_LIMITS, shownOf, unprintable } from '@promosmith/core/labels';
import type { QuickJSContext, QuickJSHandle } from 'quickjs-emscripten-core';
import { SANDBOX_LIMITS } from './limits.ts';
import type { Outcome } from './messages.ts';

const MESSAGE_LENGTH = 300;

/** Says what went wrong in one line, with nothing in it that cannot be shown. */
const said = (name: string, line: string | undefined, text: string): string =>
  `label.${name}: ${line === undefined ? '' : `line ${line}: `}${shownOf(text.replace(/\s+/g, ' ').trim(), MESSAGE_LENGTH)}`;

/** @param ms its limit that was reached. */
export const tooSlow = (name: string, ms: number): Outcome =>
  refuse('label_too_slow', said(name, undefined, `was stopped after ${ms} ms`));

const tooDeep = (name: string, line?: string): Outcome =>
  refuse('label_out_of_memory', said(name, line, 'calls itself too deeply'));

const tooMuch = (name: string, line?: string): Outcome =>
  refuse('label_out_of_memory', said(name, line, `uses more than ${SANDBOX_LIMITS.memory / 1024 ** 2} MB`));

const unusable = (name: string, what: string): Outcome =>
  refuse('label_unusable_value', said(name, undefined, `its value is ${what}`));

/** The value a program ended with, when content can show it. */
export function usableValue(realm: QuickJSContext, name: string, value: QuickJSHandle): Outcome {
  switch (realm.typeof(value)) {
    case 'number':
      return numberOf(name, realm.getNumber(value));
    case 'string':
      return textOf(realm, name, value);
    case 'object':
      return unusable(name, isPromise(realm, value) ? 'a promise, but must be there at once' : 'an object');
    case 'undefined':
      return unusable(name, 'undefined: the last expression of the source is the value');
    default:
      return unusable(name, `a ${realm.typeof(value)}, not a text or a number`);
  }
}

function numberOf(name: string, value: number): Outcome {
  if (!Number.isFinite(value)) return unusable(name, `${value}`);
  return { ok: true, value: value === 0 ? 0 : value };
}

/** Its length comes first: a text of megabytes is not copied, and one that is cut at a NUL is noticed. */
function textOf(realm: QuickJSContext, name: string, handle: QuickJSHandle): Outcome {
  const { valueLength } = LABEL_LIMITS;
  const length = realm.getProp(handle, 'length').consume((number) => realm.getNumber(number));
  if (length > valueLength)
    return unusable(name, `a text of ${length} characters: at most ${valueLength} can be shown`);
  const text = realm.getString(handle);
  const bad = text.length < length ? 'U+0000' : unprintable(text);
  return bad === undefined
    ? { ok: true, value: text }
    : unusable(name, `a text with a character that cannot be shown, ${bad}`);
}

const isPromise = (realm: QuickJSContext, handle: QuickJSHandle): boolean => {
  const state = realm.getPromiseState(handle);
  return state.type !== 'fulfilled' || state.notAPromise !== true;
};

/**
 * Why a program ended without a value. To look at what was thrown may run the program's own code, in its time.
 * @param state of the engine since the program was started. Where there was no memory left for an error, null is thrown.
 */
export function whyNot(
  realm: QuickJSContext,
  name: string,
  thrown: QuickJSHandle,
  { isLate, isFull }: { isLate: () => boolean; isFull: () => boolean },
): Outcome {
  const kind = realm.typeof(thrown);
  if (kind !== 'object') return failed(name, undefined, `threw ${primitiveOf(realm, kind, thrown)}`);
  const field = (key: string): string =>
    realm
      .getProp(thrown, key)
      .consume((value) => (realm.typeof(value) === 'string' ? realm.getString(value) : ''));
  const [type, message, stack] = [field('name'), field('message'), field('stack')];
  if (isLate()) return tooSlow(name, SANDBOX_LIMITS.cpuMs);
  if (type === '' && message === '' && isFull()) return tooMuch(name);
  const line = /\blabel\.[a-z0-9_]+:(\d+)/.exec(stack)?.[1];
  if (type === 'InternalError' && message === 'out of memory') return tooMuch(name, line);
  if (type === 'InternalError' && message === 'stack overflow') return tooDeep(name, line);
  return failed(name, line, type === '' ? `threw an object or null ${message}` : `${type}: ${message}`);
}

/**
 * Of a trap of WebAssembly, such as the end of a stack that QuickJS did not see coming: in its parser of JSON, say, which
 * needs none of the stack that QuickJS counts.
 * @throws the error when it is a bug of ours.
 */
export function brokeBy(name: string, error: unknown): Outcome {
  if (error instanceof RangeError) return tooDeep(name);
  if (error instanceof WebAssembly.RuntimeError) return failed(name, undefined, 'broke the engine it ran in');
  throw error;
}

export const failed = (name: string, line: string | undefined, text: string): Outcome =>
  refuse('label_failed', said(name, line, text));

function primitiveOf(realm: QuickJSContext, kind: string, thrown: QuickJSHandle): string {
  if (kind === 'string') return JSON.stringify(realm.getString(thrown).slice(0, MESSAGE_LENGTH));
  return kind === 'number' ? `${realm.getNumber(thrown)}` : `a value of type ${kind}`;
}
