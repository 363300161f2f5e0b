import type { CodeState } from '@promosmith/core/activation';
import type { CodeRecord } from '../code.ts';
import { lastSymbols } from '../mask.ts';

/** A code of a sealed batch. It has a row of its own only once it was used, disabled or handed out. */
export interface SealedCode {
  codeKey: string;
  brandId: string;
  campaignId: string;
  batchId: string;
  /** Which of the batch's codes it is, from 0. */
  index: number;
  /** In full. */
  text: string;
  /** Of the batch: all its codes or none. */
  disabled: boolean;
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
}

/** What an activation is decided on when the code has no row yet. */
export const sealedState = (code: SealedCode): CodeState => ({
  codeKey: code.codeKey,
  campaignId: code.campaignId,
  kind: 'unique',
  state: code.disabled ? 'disabled' : 'active',
  uses: 0,
  reserved: 0,
  maxUses: 1,
  holderId: null,
  sharedText: null,
  startsAt: code.startsAt?.getTime() ?? null,
  endsAt: code.endsAt?.getTime() ?? null,
});

/** The code as screens show it before it has a row. @param over whether its end has passed. */
export const sealedRecord = (code: SealedCode, over: boolean): CodeRecord => {
  const storedState = code.disabled ? 'disabled' : 'active';
  return {
    codeId: code.codeKey,
    brandId: code.brandId,
    campaignId: code.campaignId,
    madeIn: code.batchId,
    position: code.index,
    batchId: code.batchId,
    kind: 'unique',
    storedState,
    state: over && !code.disabled ? 'expired' : storedState,
    uses: 0,
    reserved: 0,
    maxUses: 1,
    holderId: null,
    holder: null,
    startsAt: code.startsAt,
    endsAt: code.endsAt,
    last4: lastSymbols(code.text),
    sharedText: null,
    disabledReason: null,
    distributedAt: null,
    createdAt: code.createdAt,
  };
};
