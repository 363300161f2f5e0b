import type { Actor, Label, LabelDefinition, LabelSummary } from '@promosmith/contract';
import { refuse } from '@promosmith/core';

/** A label tag with the version in force. */
export interface LabelRecord {
  labelId: string;
  name: string;
  kind: LabelDefinition['kind'];
  version: number;
  archived: boolean;
  createdBy: Actor;
  createdAt: Date;
  updatedAt: Date;
  definition: LabelDefinition;
}

export type LabelHead = Omit<LabelRecord, 'definition'>;

const headOf = ({ labelId: _, kind: __, createdAt, updatedAt, ...head }: LabelHead) => ({
  ...head,
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

export const summaryOf = (label: LabelHead): LabelSummary => ({ ...headOf(label), kind: label.kind });

/** The label tag as the API shows it and the audit log keeps it. */
export const labelView = ({ definition, ...head }: LabelRecord): Label => ({ ...headOf(head), definition });

/** Who asks for a change. */
export interface By {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export const labelNotFound = () => refuse('not_found', 'There is no such label tag.');
