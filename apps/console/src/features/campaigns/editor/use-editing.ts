import type { CampaignInput } from '@promosmith/contract';
import { useEffect, useRef, useState } from 'react';
import { hasKey, send, useAct } from '../../../api/index.ts';
import type { Campaign } from '../campaign.ts';
import { changedFields, isSame, type Merge, mergeChanges, patchOf } from './draft/changes.ts';
import { inputOf } from './draft/definition.ts';
import { forget, keep } from './draft/kept.ts';

/** What the editor began with. */
export interface Start {
  /** None of a campaign that was never saved. */
  readonly campaign: Campaign | undefined;
  readonly values: CampaignInput;
  /** What the values were changed from, and its revision. */
  readonly base: CampaignInput | null;
  readonly revision: number | null;
  /** What is not saved is kept on this device under this name. */
  readonly keptAs: string;
}

interface Editing {
  readonly isSaving: boolean;
  readonly error: Error | null;
  readonly hasChanges: boolean;
  /** Somebody else saved meanwhile: what they changed and what both did. */
  readonly conflict: (Merge & { readonly saved: Campaign }) | undefined;
  /** @returns the campaign as saved, or undefined when it was not. */
  save(): Promise<Campaign | undefined>;
  /** Goes on from what is saved now. @param values as both agree. */
  settle(values: CampaignInput): void;
}

const KEEP_MS = 400;

/** Saves what is typed, keeps what is not saved on this device, and notices others who save. */
export function useEditing(
  start: Start,
  values: CampaignInput,
  setValues: (values: CampaignInput) => void,
): Editing {
  const id = start.campaign?.id;
  const { keptAs } = start;
  const [base, setBase] = useState({ input: start.base, revision: start.revision });
  const [conflict, setConflict] = useState<Editing['conflict']>();
  const create = useAct('createCampaign');
  const update = useAct('updateCampaign');
  const begun = useRef(start.values);
  const isSaved = useRef(false);
  const hasChanges = !isSame(base.input ?? begun.current, values);

  useEffect(() => {
    if (!hasChanges) return;
    const kept = { values, base: base.input, revision: base.revision, at: new Date().toISOString() };
    const timer = setTimeout(() => !isSaved.current && keep(keptAs, kept), KEEP_MS);
    return () => clearTimeout(timer);
  }, [keptAs, values, base, hasChanges]);

  const isNowSaved = (campaign: Campaign, sent: CampaignInput) => {
    // What waits for a second person is not in force: it is saved all the same.
    setBase({ input: sent, revision: campaign.revision });
    forget(keptAs);
    if (id === undefined) isSaved.current = true;
    return campaign;
  };

  const saveChanges = async (campaignId: string, input: CampaignInput, revision: number) => {
    const fields = changedFields(input, values);
    if (fields.length === 0) {
      forget(keptAs);
      return start.campaign;
    }
    const body = { revision, ...patchOf(values, fields) };
    return isNowSaved(await update.mutateAsync({ params: { campaignId }, body }), values);
  };

  return {
    isSaving: create.isPending || update.isPending,
    error: conflict ? null : (create.error ?? update.error),
    hasChanges,
    conflict,
    async save() {
      try {
        if (id === undefined || base.input === null || base.revision === null)
          return isNowSaved(await create.mutateAsync({ body: values }), values);
        return await saveChanges(id, base.input, base.revision);
      } catch (error) {
        if (!hasKey(error, 'revision_conflict') || id === undefined || base.input === null) return undefined;
        const saved = await send('getCampaign', { params: { campaignId: id } });
        setConflict({ ...mergeChanges(base.input, values, inputOf(saved)), saved });
        return undefined;
      }
    },
    settle(next) {
      if (!conflict) return;
      setBase({ input: inputOf(conflict.saved), revision: conflict.saved.revision });
      setConflict(undefined);
      update.reset();
      setValues(next);
    },
  };
}
