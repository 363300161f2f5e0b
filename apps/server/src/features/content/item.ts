import type {
  Actor,
  ContentDocument,
  ContentItem,
  ContentSummary,
  ContentVersion as VersionView,
} from '@promosmith/contract';
import { refuse } from '@promosmith/core';

/** A piece of content without its document, as lists need it. */
export interface ContentHead {
  contentId: string;
  brandId: string;
  channel: ContentDocument['channel'];
  name: string;
  version: number;
  archivedAt: Date | null;
  createdBy: Actor;
  createdAt: Date;
  updatedAt: Date;
}

/** A piece of content with the document in force. */
export interface ContentRecord extends ContentHead {
  document: ContentDocument;
}

/** Content as it was at one version: what is sent under that version never changes. */
export interface ContentVersion {
  contentId: string;
  version: number;
  name: string;
  document: ContentDocument;
  createdBy: Actor;
  createdAt: Date;
}

export const summaryOf = (head: ContentHead): ContentSummary => ({
  id: head.contentId,
  name: head.name,
  channel: head.channel,
  version: head.version,
  archived: head.archivedAt !== null,
  createdBy: head.createdBy,
  createdAt: head.createdAt.toISOString(),
  updatedAt: head.updatedAt.toISOString(),
});

/** Content as the audit log keeps it: what there is to say of it follows from it. */
export const recorded = (content: ContentRecord): Omit<ContentItem, 'findings'> => ({
  ...summaryOf(content),
  document: content.document,
});

export const versionOf = ({ contentId: _, createdAt, ...version }: ContentVersion): VersionView => ({
  ...version,
  createdAt: createdAt.toISOString(),
});

export const contentNotFound = refuse('not_found', 'There is no such content.');

export const versionConflict = (version: number) => ({
  ok: false as const,
  refusal: {
    key: 'revision_conflict',
    message: `The content is at version ${version} now: read it again and repeat the change.`,
    version,
  },
});
