import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hasKey, useAct } from '../../../api/index.ts';
import { tellDone, tellFailed } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import type { CaseDetail } from '../kinds.ts';

/** Taking a case, and putting it back. Of two who take it at once, one is told that the other has it. */
export function CaseActs({ of: { id, state, revision, assignee, approvalId } }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const { session, may } = useMember();
  const assign = useAct('assignCase', ({ assignee: now }) => tellDone(t(now ? 'take.done' : 'take.undone')));
  if (!may('cases:decide') || state === 'decided' || approvalId !== null) return null;
  const isMine = assignee?.id === session.staffId;
  const give = async (to: 'me' | null) => {
    try {
      await assign.mutateAsync({ params: { caseId: id }, body: { assignee: to, revision } });
    } catch (refusal) {
      const isTaken = hasKey(refusal, 'revision_conflict');
      tellFailed(isTaken ? new Error(t('take.conflict')) : (refusal as Error));
    }
  };
  return (
    <Group gap="xs">
      {isMine ? (
        <Button variant="default" loading={assign.isPending} onClick={() => void give(null)}>
          {t('take.putBack')}
        </Button>
      ) : (
        <Button loading={assign.isPending} onClick={() => void give('me')}>
          {t(assignee === null ? 'take.open' : 'take.over')}
        </Button>
      )}
    </Group>
  );
}
