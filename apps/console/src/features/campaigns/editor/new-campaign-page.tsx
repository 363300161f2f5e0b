import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { ErrorBox, Skeletons } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { firstCampaign, inputOf } from './draft/definition.ts';
import { forget, recall } from './draft/kept.ts';
import { Editor } from './editor.tsx';
import { NotAllowed } from './not-allowed.tsx';

/** A campaign from nothing, from what was begun here before, or from another one. */
export function NewCampaignPage() {
  const { filters } = useFilters<'copy'>();
  const mayWrite = useMay('campaigns:write');
  if (!mayWrite) return <NotAllowed />;
  return filters.copy === undefined ? <Begun /> : <Copied key={filters.copy} of={filters.copy} />;
}

const Begun = () => <Fresh keptAs="new" first={firstCampaign} />;

function Copied({ of }: { of: string }) {
  const { t } = useTranslation('campaigns');
  const source = useRead('getCampaign', { params: { campaignId: of } });
  if (source.error) return <ErrorBox error={source.error} again={() => void source.refetch()} />;
  if (!source.data) return <Skeletons />;
  const input = inputOf(source.data);
  const copy = { ...input, name: t('editor.copyOf', { name: input.name }) };
  return <Fresh keptAs={`copy.${of}`} first={() => copy} />;
}

/** Goes on with what was typed here before, unless that is discarded. */
function Fresh({ keptAs, first }: { keptAs: string; first: typeof firstCampaign }) {
  const [opened, setOpened] = useState(() => ({ kept: recall(keptAs), round: 0 }));
  const values = opened.kept?.values ?? first();
  return (
    <Editor
      key={opened.round}
      start={{ campaign: undefined, base: null, revision: null, keptAs, values }}
      restoredAt={opened.kept?.at}
      onDiscard={() => {
        forget(keptAs);
        setOpened({ kept: undefined, round: opened.round + 1 });
      }}
    />
  );
}
