import { MASK } from './marks.ts';

/** Takes secrets out of what comes back: servers tell what they were sent, and errors what they were about. */
export interface Scrub {
  text(text: string): string;
  /** A text that was cut off, perhaps in the middle of a secret. */
  cutText(text: string): string;
  /** Every text in a JSON value; also made such that the database can keep it. */
  json(value: unknown): unknown;
}

/** A secret as it may be spelled by who repeats it. */
const spellings = (secret: string): readonly string[] => {
  const json = JSON.stringify(secret).slice(1, -1);
  const url = encodeURIComponent(secret);
  const bytes = Buffer.from(secret);
  return [
    ...[secret, json, json.replaceAll('/', '\\/'), url, url.replaceAll('%20', '+')],
    ...[bytes.toString('base64'), bytes.toString('base64url'), bytes.toString('hex')],
  ];
};

/** @param secrets each long enough not to be a word of its own. */
export function createScrub(secrets: readonly string[]): Scrub {
  const forms = [...new Set(secrets.flatMap(spellings))].sort((a, b) => b.length - a.length);
  const pattern = forms.length > 0 ? new RegExp(forms.map(literally).join('|'), 'gi') : null;
  const lower = forms.map((form) => form.toLowerCase());
  const longest = forms[0]?.length ?? 0;

  const text = (given: string): string => (pattern ? given.replace(pattern, MASK) : given);

  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(kept(value));
    if (Array.isArray(value)) return value.map(json);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [text(kept(name)), json(inner)]));
  };

  return {
    text,
    cutText(given) {
      const scrubbed = text(given);
      const end = scrubbed.slice(-longest).toLowerCase();
      for (let length = Math.min(end.length, longest - 1); length > 0; length--) {
        const tail = end.slice(-length);
        if (lower.some((form) => form.startsWith(tail))) return scrubbed.slice(0, -length);
      }
      return scrubbed;
    },
    json,
  };
}

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** As PostgreSQL can keep it. */
const kept = (text: string): string => text.replaceAll('\0', '\ufffd').toWellFormed();
