import type { Actor, Code, CodeKind, CodeState } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { masked } from './mask.ts';

/** A code as it is stored, its state worked out. */
export interface CodeRecord {
  codeId: string;
  brandId: string;
  campaignId: string;
  /** Of the act that made it, whether that is a batch or not. */
  madeIn: string;
  /** Its number within that act. */
  position: number;
  batchId: string | null;
  kind: CodeKind;
  /** As stored: what moves are decided on. An exhausted code is stored as active. */
  storedState: Exclude<CodeState, 'exhausted'>;
  /** As it works now. */
  state: CodeState;
  uses: number;
  reserved: number;
  maxUses: number | null;
  holderId: string | null;
  /** The platform's id of the holder. */
  holder: string | null;
  startsAt: Date | null;
  endsAt: Date | null;
  last4: string;
  sharedText: string | null;
  disabledReason: string | null;
  distributedAt: Date | null;
  createdAt: Date;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** The code as the API shows it: masked, unless it is public by nature. */
export const codeView = (code: CodeRecord): Code => ({
  id: code.codeId,
  campaignId: code.campaignId,
  batchId: code.batchId,
  kind: code.kind,
  state: code.state,
  code: code.sharedText ?? masked(code.last4),
  uses: code.uses,
  reserved: code.reserved,
  maxUses: code.maxUses,
  holder: code.holder,
  startsAt: instant(code.startsAt),
  endsAt: instant(code.endsAt),
  disabledReason: code.disabledReason,
  distributedAt: instant(code.distributedAt),
  createdAt: code.createdAt.toISOString(),
});

/** Who asks for a change. */
export interface By {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export const codeNotFound = () => refuse('not_found', 'There is no such code.');
export const batchNotFound = () => refuse('not_found', 'There is no such batch.');
export const campaignNotFound = () => refuse('not_found', 'There is no such campaign.');

/** What events tell of a code. Never its text. */
export const eventData = (
  code: Pick<CodeRecord, 'codeId' | 'campaignId' | 'batchId' | 'kind' | 'last4'>,
) => ({
  codeId: code.codeId,
  campaignId: code.campaignId,
  batchId: code.batchId,
  kind: code.kind,
  last4: code.last4,
});
