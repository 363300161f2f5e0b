import { LiquidError, type Template, Tokenizer, TokenKind, type TopLevelToken } from 'liquidjs';
import { liquid } from './engine.ts';
import { TEMPLATE_LIMITS } from './limits.ts';
import type { TemplateProblem } from './problem.ts';

export type Compiled =
  | { readonly ok: true; readonly nodes: Template[] }
  | { readonly ok: false; readonly problem: TemplateProblem };

const CACHED = 500;
/** The latest templates that were compiled: a message's texts are the same for every player. */
const cache = new Map<string, Compiled>();

/** Reads a template. The same source is read once while it is in use. */
export function compile(source: string): Compiled {
  const known = cache.get(source);
  if (known) {
    cache.delete(source);
    cache.set(source, known);
    return known;
  }
  const compiled = read(source);
  cache.set(source, compiled);
  if (cache.size > CACHED) cache.delete(cache.keys().next().value ?? '');
  return compiled;
}

function read(source: string): Compiled {
  if (source.length > TEMPLATE_LIMITS.source)
    return tooLarge(`The template is longer than ${TEMPLATE_LIMITS.source} characters.`);
  try {
    const tokens = new Tokenizer(source, liquid.options.operators).readTopLevelTokens(liquid.options);
    const excess = excessOf(tokens);
    return excess ?? { ok: true, nodes: liquid.parser.parseTokens(tokens) };
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    return { ok: false, problem: { key: 'syntax', ...saidBy(error) } };
  }
}

/** A template that would be too much for the parser itself, which calls itself for whatever is inside something. */
function excessOf(tokens: readonly TopLevelToken[]): Compiled | undefined {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === TokenKind.HTML) continue;
    if (token.size() > TEMPLATE_LIMITS.expression)
      return tooLarge(`An output or tag is longer than ${TEMPLATE_LIMITS.expression} characters.`, token);
    if (!('name' in token)) continue;
    if (OPENING.has(token.name)) depth++;
    else if (token.name.startsWith('end')) depth--;
    if (depth > TEMPLATE_LIMITS.depth)
      return tooLarge(`Tags are more than ${TEMPLATE_LIMITS.depth} deep inside each other.`, token);
  }
  return undefined;
}

const OPENING = new Set(['capture', 'case', 'comment', 'for', 'if', 'unless']);

function tooLarge(message: string, token?: TopLevelToken): Compiled {
  return { ok: false, problem: { key: 'too_large', message, ...(token ? placeOf(token) : {}) } };
}

export function placeOf(token: { getPosition(): number[] }): { line: number; column: number } {
  const [line = 1, column = 1] = token.getPosition();
  return { line, column };
}

/** What the engine says went wrong, and where, apart. */
export function saidBy(error: LiquidError): { message: string; line: number; column: number } {
  const message = error.originalError?.message ?? error.message.replace(/, line:\d+, col:\d+$/, '');
  return { message: sentence(message), ...placeOf(error.token) };
}

const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1).replace(/\.?$/, '.')}`;
