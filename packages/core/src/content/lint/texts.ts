import type { ContentChannel, ContentDocument } from '../document/documents.ts';
import { CHANNEL_LIMITS } from '../document/rendered.ts';
import { smsSegments } from '../document/segments.ts';
import type { TextSlot } from '../document/texts.ts';
import { readInstant } from '../formatting/index.ts';
import { fixedText, isFixed } from '../template/variables.ts';
import { linkFault } from '../writers/index.ts';
import { type Finding, finding } from './finding.ts';
import { type KnownNames, lintTemplate } from './template.ts';

/** What is wrong with one text of a document, in one language. */
export function lintText(document: ContentDocument, slot: TextSlot, known: KnownNames): readonly Finding[] {
  const { key: text, kind, source } = slot;
  const about = { text };
  if (source.trim() === '')
    return slot.optional ? [] : [finding('text_missing', 'The text is empty.', about)];
  const found = lintTemplate(source, known).map((one): Finding => ({ ...one, ...about }));
  if (found.some(({ key }) => key === 'syntax' || key === 'too_large')) return found;
  return [
    ...found,
    ...(kind === 'url' ? linkFindings(source, text) : []),
    ...(kind === 'instant' && isFixed(source) && !readInstant(source.trim())
      ? [finding('not_an_instant', 'It is no instant, such as 2026-03-01T10:00:00Z.', about)]
      : []),
    ...lengthFindings(document.channel, text, fixedText(source)),
  ];
}

function linkFindings(source: string, text: string): readonly Finding[] {
  const link = source.trim();
  const fault = isFixed(source) ? linkFault(link) : undefined;
  if (fault !== undefined) return [finding('link_invalid', fault, { text })];
  return /^http:/i.test(link)
    ? [finding('link_not_https', 'The link is not encrypted: write https:.', { text })]
    : [];
}

interface Length {
  /** Characters that are shown everywhere. */
  readonly shown: number;
  /** Characters that the channel takes. */
  readonly most?: number;
}

const LENGTHS: Partial<Record<ContentChannel, Readonly<Record<string, Length>>>> = {
  inbox: { title: { shown: 80 }, preview: { shown: 140 } },
  email: { subject: { shown: 78 }, preheader: { shown: 130 } },
  push: { title: { shown: 50 }, body: { shown: 150 } },
  telegram: { text: { shown: 1_024, most: CHANNEL_LIMITS.telegram } },
};

/** @param fixed what is written whatever the values are, so that it is at least that long. */
function lengthFindings(channel: ContentChannel, text: string, fixed: string): readonly Finding[] {
  if (channel === 'sms') return smsFindings(text, fixed);
  const length = LENGTHS[channel]?.[text];
  if (!length || fixed.length <= length.shown) return [];
  if (length.most !== undefined && fixed.length > length.most)
    return [finding('too_long', `The channel takes ${length.most} characters, values included.`, { text })];
  return [finding('long', `It may be cut after about ${length.shown} characters.`, { text })];
}

function smsFindings(text: string, fixed: string): readonly Finding[] {
  const { segments, encoding } = smsSegments(fixed);
  if (segments === 1) return [];
  const why = encoding === 'ucs2' ? ', because of characters outside GSM-7 such as emoji' : '';
  return segments > CHANNEL_LIMITS.smsSegments
    ? [finding('too_long', `It takes ${segments} SMS; ${CHANNEL_LIMITS.smsSegments} are the most.`, { text })]
    : [finding('long', `It takes at least ${segments} SMS${why}.`, { text })];
}
