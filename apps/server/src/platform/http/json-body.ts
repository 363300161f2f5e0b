import type { FastifyInstance } from 'fastify';

/** An escape that may hide what PostgreSQL cannot store: NUL, or half of a surrogate pair. */
const SUSPICIOUS_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;

/** Far more than any route takes; code that walks a value by recursion is safe up to here. */
const DEEPEST = 50;

/**
 * Reads JSON bodies, and refuses text that PostgreSQL cannot store before anything has been done with it. No body is
 * no error here: whether one is needed is the route's to say.
 */
export function readJsonBodies(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['application/json', 'text/plain']);
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, text, done) => {
    if (text === '') return done(null, undefined);
    if (depthOf(text) > DEEPEST) return done(malformed(`The body is nested deeper than ${DEEPEST}.`));
    const finish: typeof done = (error, value) => {
      if (error) return done(malformed(whyRefused(text)));
      if (SUSPICIOUS_ESCAPE.test(text) && !isStorable(value))
        return done(malformed('The body has text with a NUL or half of a surrogate pair.'));
      done(null, value);
    };
    parse(request, text, finish);
  });
}

/** Deepest nesting of objects and lists in JSON text, whether it is valid or not. */
export function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (inString) {
      if (char === '\\') at++;
      else if (char === '"') inString = false;
    } else if (char === '"') inString = true;
    else if (char === '{' || char === '[') deepest = Math.max(deepest, ++depth);
    else if (char === '}' || char === ']') depth--;
  }
  return deepest;
}

/** The parser keeps its reasons to itself: either this is no JSON, or it would change the prototype of what it makes. */
function whyRefused(text: string): string {
  try {
    JSON.parse(text);
    return 'The body has a field that JavaScript takes for a prototype. Leave it out.';
  } catch (error) {
    return `The body is not valid JSON: ${(error as SyntaxError).message}.`;
  }
}

const malformed = (message: string): Error => Object.assign(new Error(message), { statusCode: 400 });

/** Whether every text in the value, names of fields included, can be stored. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inside]) => isStorable(key) && isStorable(inside));
}
