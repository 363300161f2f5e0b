import { Stack, Title } from '@mantine/core';
import type { CampaignDefinition } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import { Facts } from '../facts.tsx';
import { type Leaf, leavesOf } from './leaves.ts';
import { Shown, useTermName } from './shown.tsx';
import classes from './terms-sheet.module.css';

const SECTION_OF: Readonly<Record<string, string>> = {
  ...{ product: 'offer', rewards: 'offer', audience: 'audience', traffic: 'audience' },
  ...{ limits: 'limits', budget: 'limits', exclusive: 'limits', exclusiveGroup: 'limits', risk: 'limits' },
  ...{ schedule: 'schedule', markets: 'markets', terms: 'terms' },
};

/** Each reward is a part of its own, everything else is by subject. */
const partOf = ({ path }: Leaf): string => {
  const [field = '', at] = path.split('.');
  return field === 'rewards' ? `rewards.${at}` : (SECTION_OF[field] ?? field);
};

/** All that the terms of a campaign say. */
export function TermsSheet({ definition }: { definition: CampaignDefinition }) {
  const { t } = useTranslation('terms');
  const nameOf = useTermName();
  const leaves = leavesOf(definition).filter(({ value }) => value !== false && value !== '');
  const parts = Map.groupBy(leaves, partOf);
  return (
    <div className={classes.sheet}>
      {[...parts].map(([part, of]) => {
        const [section = '', at] = part.split('.');
        return (
          <Stack key={part} gap={8} component="section" className={classes.part}>
            <Title order={3} fz="sm" fw={600}>
              {at === undefined ? t(`sections.${section}`) : t('sections.reward', { count: Number(at) + 1 })}
            </Title>
            <Facts of={of.map((leaf) => [nameOf(leaf), <Shown key={leaf.path} leaf={leaf} />] as const)} />
          </Stack>
        );
      })}
    </div>
  );
}
