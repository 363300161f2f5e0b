import type { CurrencyTable } from '../../money/index.ts';
import { drawEmail } from '../email/html.ts';
import type { Letter } from '../email/letter.ts';
import { writeEmail } from '../email/text.ts';
import { dateFormat, type Format, readInstant } from '../formatting/index.ts';
import type { TemplateProblem } from '../template/problem.ts';
import { renderTemplate } from '../template/render.ts';
import { type ScopeInput, scopeOf } from '../template/scope.ts';
import type { ContentDocument, EmailDocument, InboxDocument, PopupDocument } from './documents.ts';
import { type Wording, wordingFor } from './locale.ts';
import {
  type Rendered,
  type RenderedEmail,
  type RenderedInbox,
  type RenderedPopup,
  tooLong,
} from './rendered.ts';
import { mapTexts, type TextKind, type TextSlot } from './texts.ts';

/** For whom a document is rendered, and with what. */
export interface Reader {
  readonly scope: ScopeInput;
  /** The player's language, if it is known. */
  readonly locale: string | null;
  /** IANA name: the player's, or the brand's. */
  readonly timeZone: string;
  readonly currencies: CurrencyTable;
  /** Of amounts that name none: the player's, or the brand's. */
  readonly currency: string;
}

/** Why a document cannot be sent to this reader. */
export interface TextProblem extends Omit<TemplateProblem, 'key'> {
  readonly key: TemplateProblem['key'] | 'not_an_instant' | 'too_long';
  /** The key of the text it is about. */
  readonly text: string;
}

export type DocumentRendering =
  | { readonly ok: true; readonly rendered: Rendered }
  | { readonly ok: false; readonly problems: readonly TextProblem[] };

/** The document as this reader gets it: every text in their language, with their values in it. All problems at once. */
export function renderDocument(document: ContentDocument, reader: Reader): DocumentRendering {
  const wording = wordingFor(document, reader.locale);
  const scope = scopeOf(reader.scope);
  const format: Format = { ...reader, locale: wording.formatLocale };
  const problems: TextProblem[] = [];
  const write = ({ key, kind, source }: TextSlot): string => {
    const rendering = renderTemplate(wording.source(key, source), contextOf(kind), scope, format);
    if (!rendering.ok) problems.push({ ...rendering.problem, text: key });
    else if (kind === 'instant') {
      const at = readInstant(rendering.text);
      if (at) return at.toISOString();
      problems.push({ key: 'not_an_instant', text: key, message: NOT_AN_INSTANT });
    }
    return rendering.ok ? rendering.text : '';
  };
  const written = mapTexts(document, write);
  const unsubscribeUrl = document.channel === 'email' ? write(UNSUBSCRIBE) : '';
  if (problems.length > 0) return { ok: false, problems };
  const rendered = finish(written, wording, { format, unsubscribeUrl });
  const excess = tooLong(rendered);
  return excess ? { ok: false, problems: [{ key: 'too_long', ...excess }] } : { ok: true, rendered };
}

/** Whoever sends the email says where to: no author can leave it out. */
const UNSUBSCRIBE: TextSlot = {
  key: 'message',
  kind: 'url',
  source: '{{ message.unsubscribe_url }}',
  optional: false,
};

const NOT_AN_INSTANT = 'It does not come out as an instant, such as 2026-03-01T10:00:00Z.';

/** The context of a text by what it comes out as. */
const contextOf = (kind: TextKind) => (kind === 'instant' || kind === 'code' ? 'line' : kind);

function finish(
  written: ContentDocument,
  wording: Wording,
  forEmail: { format: Format; unsubscribeUrl: string },
): Rendered {
  const { locale, direction } = wording;
  switch (written.channel) {
    case 'popup':
      return popup(written, wording);
    case 'inbox':
      return inbox(written, wording);
    case 'email':
      return email(written, wording, forEmail);
    case 'push':
      return {
        ...{ channel: 'push', locale, direction, title: written.title, body: written.body },
        icon: written.icon ?? null,
        url: written.url ?? null,
      };
    case 'telegram':
      return { channel: 'telegram', locale, direction, text: written.text, button: written.button ?? null };
    case 'sms':
      return { channel: 'sms', locale, direction, text: written.text };
  }
}

function popup(written: PopupDocument, { locale, direction }: Wording): RenderedPopup {
  const { blocks, theme, dismissible, whenShown, expiresAfterMs } = written;
  const shown = blocks.find((block) => block.type === 'code');
  return {
    ...{ channel: 'popup', locale, direction, blocks, theme, dismissible, expiresAfterMs },
    whenShown: whenShown === null ? null : { action: whenShown, data: shown ? { code: shown.value } : {} },
  };
}

const inbox = (
  { title, preview, blocks, expiresAfterMs }: InboxDocument,
  { locale, direction }: Wording,
): RenderedInbox => ({ channel: 'inbox', locale, direction, title, preview, blocks, expiresAfterMs });

function email(
  document: EmailDocument,
  { locale, direction }: Wording,
  { format, unsubscribeUrl }: { format: Format; unsubscribeUrl: string },
): RenderedEmail {
  const shown = dateFormat(format, { dateStyle: 'medium', timeStyle: 'short' });
  const showInstant = (instant: string) => shown.format(new Date(instant));
  const letter: Letter = { document, locale, direction, unsubscribeUrl, showInstant };
  return {
    ...{ channel: 'email', locale, direction, subject: document.subject },
    html: drawEmail(letter),
    text: writeEmail(letter),
  };
}
