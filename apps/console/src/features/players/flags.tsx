import { Badge, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/index.ts';
import { Nothing } from '../../kit/index.ts';

type Flagged = Pick<Answer<'getPlayer'>, 'selfExclusion' | 'bonusBlocked'>;

export const hasFlags = ({ selfExclusion, bonusBlocked }: Flagged): boolean =>
  selfExclusion !== null || bonusBlocked;

/** What keeps a player from bonuses. */
export function Flags({ of: { selfExclusion, bonusBlocked } }: { of: Flagged }) {
  const { t } = useTranslation('players');
  if (!hasFlags({ selfExclusion, bonusBlocked })) return <Nothing />;
  return (
    <Group gap={4} display="inline-flex">
      {selfExclusion !== null && <Flag>{t('selfExcluded')}</Flag>}
      {bonusBlocked && <Flag>{t('bonusBlocked')}</Flag>}
    </Group>
  );
}

const Flag = ({ children }: { children: string }) => (
  <Badge variant="light" color="red" tt="none" fw={500} radius="sm">
    {children}
  </Badge>
);
