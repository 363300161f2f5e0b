import { TEMPLATE_LIMITS } from '../template/limits.ts';
import { Stop } from '../template/stop.ts';

/** What was written so far, up to the limit of an output. */
export function createBuffer() {
  let text = '';
  return {
    get text() {
      return text;
    },
    /** @throws Stop */
    add(part: string): void {
      if (text.length + part.length > TEMPLATE_LIMITS.output)
        throw new Stop('too_much_work', `It comes out longer than ${TEMPLATE_LIMITS.output} characters.`);
      text += part;
    },
  };
}
