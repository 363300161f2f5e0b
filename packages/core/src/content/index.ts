/**
 * Content: templates that players read. Liquid with every value escaped for where it stands, documents of blocks for
 * each channel, their translations, what there is to say of them before they are sent, and documents to begin with.
 */
export type { Block, BlockType, ButtonAction } from './document/blocks.ts';
export {
  CONTENT_CHANNELS,
  type Colours,
  type ContentChannel,
  type ContentDocument,
  DEFAULT_EXPIRES_AFTER_MS,
  DEFAULT_WHEN_SHOWN,
  type EmailDocument,
  type InboxDocument,
  type PopupDocument,
  type PopupTheme,
  type PushDocument,
  type SmsDocument,
  type TelegramDocument,
  type Translations,
} from './document/documents.ts';
export { labelsOf } from './document/labels.ts';
export { directionOf, readLocale } from './document/locale.ts';
export { type DocumentRendering, type Reader, renderDocument, type TextProblem } from './document/render.ts';
export {
  CHANNEL_LIMITS,
  type Rendered,
  type RenderedEmail,
  type RenderedInbox,
  type RenderedPopup,
  type RenderedPush,
  type RenderedSms,
  type RenderedTelegram,
} from './document/rendered.ts';
export { type SmsSize, smsSegments } from './document/segments.ts';
export { mapTexts, type TextKind, type TextSlot, textsOf } from './document/texts.ts';
export type { Format } from './formatting/index.ts';
export { lintDocument } from './lint/document.ts';
export { FINDINGS, type Finding, type FindingKey } from './lint/finding.ts';
export { type KnownNames, lintTemplate } from './lint/template.ts';
export { BRAND_FIELDS, MESSAGE_FIELDS, playerState, type StateField, stateFields } from './player-state.ts';
export {
  type Parameter,
  type ParameterValues,
  READY_MADE,
  type ReadyMade,
  withDefaults,
} from './ready-made/index.ts';
export { FILTER_NAMES, TAGS } from './template/engine.ts';
export { TEMPLATE_LIMITS } from './template/limits.ts';
export type { Rendering, TemplateProblem, TemplateProblemKey } from './template/problem.ts';
export { renderTemplate } from './template/render.ts';
export { type Json, type Scope, type ScopeInput, scopeOf } from './template/scope.ts';
export { type VariableUse, variablesOf } from './template/variables.ts';
export { type ContextName, escapeHtml, linkFault } from './writers/index.ts';
