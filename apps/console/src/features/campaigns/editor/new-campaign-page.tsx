import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { ErrorBox, Skeletons } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { firstCampaign, inputOf } from './draft/definition.ts';
import { forget, recall } from './draft/kept.ts';
import { Editor } from './editor.tsx';
import type { Start } from './use-editing.ts';

const NEW: Omit<Start, 'values'> = { campaign: undefined, base: null, revision: null };

/** A campaign from nothing, from what was begun here before, or from another one. */
export function NewCampaignPage() {
  const { filters } = useFilters<'copy'>();
  // Once the editor has it, it is no longer asked for.
  const [copy] = useState(filters.copy);
  return copy === undefined ? <Begun /> : <Copied of={copy} />;
}

function Begun() {
  const [kept, setKept] = useState(() => recall(undefined));
  const [round, setRound] = useState(0);
  return (
    <Editor
      key={round}
      start={{ ...NEW, values: kept?.values ?? firstCampaign() }}
      restoredAt={kept?.at}
      onDiscard={() => {
        forget(undefined);
        setKept(undefined);
        setRound(round + 1);
      }}
    />
  );
}

function Copied({ of }: { of: string }) {
  const { t } = useTranslation('campaigns');
  const source = useRead('getCampaign', { params: { campaignId: of } });
  if (source.error) return <ErrorBox error={source.error} again={() => void source.refetch()} />;
  if (!source.data) return <Skeletons />;
  const input = inputOf(source.data);
  const values = { ...input, name: t('editor.copyOf', { name: input.name }) };
  return <Editor start={{ ...NEW, values }} onDiscard={() => undefined} />;
}
