import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Nothing } from '../../kit/index.ts';
import type { Case } from './kinds.ts';

const STANDINGS = { open: 'blue', assigned: 'iris', waits: 'yellow', decided: 'gray' } as const;

/** Where a case is: also whether its decision waits for somebody else. */
export function Standing({ of: { state, approvalId } }: { of: Case }) {
  const { t } = useTranslation('cases');
  const standing = approvalId !== null && state !== 'decided' ? 'waits' : state;
  return (
    <Badge variant="light" color={STANDINGS[standing]} style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {t(`standings.${standing}`)}
    </Badge>
  );
}

const DECISIONS = { release: 'green', decline: 'red', block: 'red' } as const;

export function Decided({ of: { decision } }: { of: Case }) {
  const { t } = useTranslation('cases');
  if (decision === null) return <Nothing />;
  return (
    <Badge variant="light" color={DECISIONS[decision]} style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {t(`decided.${decision}`)}
    </Badge>
  );
}
