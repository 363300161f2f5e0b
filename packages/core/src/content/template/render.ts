import { Context, LiquidError, toValueSync, UndefinedVariableError } from 'liquidjs';
import type { Format } from '../formatting/format.ts';
import { type ContextName, writerFor } from '../writers/index.ts';
import { compile, placeOf, saidBy } from './compile.ts';
import { Emitted, liquid, RENDER_OPTIONS } from './engine.ts';
import { TEMPLATE_LIMITS } from './limits.ts';
import type { Rendering, TemplateProblem } from './problem.ts';
import type { Scope } from './scope.ts';
import { Stop } from './stop.ts';

/**
 * Renders a template, each value escaped for where it stands. Nothing an author writes turns that off.
 *
 * A value that is not there is a problem with its place, not an empty text, unless `| default:` says what else. Only a
 * condition may ask for it: `{% if state.user_vip_level > 3 %}` is false when it is not there.
 */
export function renderTemplate(
  source: string,
  context: ContextName,
  scope: Scope,
  format: Format,
): Rendering {
  const compiled = compile(source);
  if (!compiled.ok) return compiled;
  const writer = writerFor(context);
  const run = new Context(scope, RENDER_OPTIONS, { sync: true }, { liquid });
  run.setRegister('format', format);
  let steps = 0;
  // The engine asks before every step whether its time is over: here a count is, which ends the same everywhere.
  run.renderLimit.check = () => {
    if (++steps > TEMPLATE_LIMITS.steps)
      throw new Stop('too_much_work', `It takes more than ${TEMPLATE_LIMITS.steps} steps.`);
  };
  const emitter = {
    buffer: '',
    write(part: unknown) {
      if (part instanceof Emitted) writer.value(part.value);
      else writer.literal(String(part));
    },
  };
  try {
    toValueSync(liquid.renderer.renderTemplates(compiled.nodes, run, emitter));
    return { ok: true, text: writer.finish() };
  } catch (error) {
    return { ok: false, problem: problemOf(error) };
  }
}

function problemOf(error: unknown): TemplateProblem {
  if (error instanceof Stop) return { key: error.key, message: error.message };
  if (!LiquidError.is(error)) throw error;
  if (error instanceof UndefinedVariableError) return missing(error);
  const { originalError: cause } = error;
  if (cause instanceof Stop) return { key: cause.key, message: cause.message, ...placeOf(error.token) };
  const said = saidBy(error);
  return { key: said.message.startsWith('Memory alloc') ? 'too_much_work' : 'filter_failed', ...said };
}

function missing(error: UndefinedVariableError): TemplateProblem {
  const name = error.token.getText();
  return {
    key: 'missing_value',
    name,
    message: `There is no ${name}. Write {{ ${name} | default: "…" }} to say what stands in for it.`,
    ...placeOf(error.token),
  };
}
