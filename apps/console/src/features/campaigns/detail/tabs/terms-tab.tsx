import { Panel } from '../../../../kit/index.ts';
import { TermsSheet } from '../../../../kit/terms/index.ts';
import type { Campaign } from '../../campaign.ts';

export const TermsTab = ({ campaign }: { campaign: Campaign }) => (
  <Panel>
    <TermsSheet definition={campaign} />
  </Panel>
);
