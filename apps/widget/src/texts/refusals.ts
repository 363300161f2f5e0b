import type { Refusal } from '../api/api.ts';
import type { TextKey } from './en.ts';
import type { Language } from './language.ts';

/** What is said of refusals by their keys, the first that fits. */
const SAID_AS: readonly (readonly [RegExp, TextKey])[] = [
  [/^(player|device|household|period)_q/, 'used_by_you'],
  [/quantity|budget/, 'used_up'],
  [/expired|disabled/, 'code_over'],
  [/not_active/, 'not_running'],
  [/eligible|forbidden|blocked|audience|risk|holder|deposit|payment/, 'not_eligible'],
  [/signed_out|unauth/, 'signIn'],
];

/** Why it was refused, in the player's language: every reason. */
export function explain(refusal: Omit<Refusal, 'status'>, { locale, say }: Language): string {
  const reasons = refusal.reasons?.length ? refusal.reasons : [refusal];
  const minutes = Math.ceil(refusal.retryAfterMs / 60_000) || 1;
  const texts = reasons.map(({ key, message }) => {
    const said = SAID_AS.find(([pattern]) => pattern.test(key))?.[1] ?? (key as TextKey);
    const own = said !== 'signIn' && /^en\b/.test(locale) ? '' : say(said, { minutes });
    return own || (said !== 'signIn' && message) || say(said === 'signIn' ? said : 'failed');
  });
  return [...new Set(texts)].join(' ');
}
