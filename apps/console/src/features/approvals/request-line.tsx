import { Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/index.ts';
import { Status, When } from '../../kit/index.ts';
import type { SearchOf } from '../../routing/index.ts';
import classes from './approvals.module.css';
import { RequestTitle } from './request-title.tsx';

interface Props {
  readonly request: RowOf<'listApprovals'>;
  readonly isChosen: boolean;
  readonly search: SearchOf<'status' | 'kind' | 'request'>;
}

export function RequestLine({ request, isChosen, search }: Props) {
  const { t } = useTranslation('approvals');
  const { kind, status, requestedBy, createdAt } = request;
  return (
    <Link
      to="/approvals"
      search={search}
      replace
      className={classes.line}
      aria-current={isChosen ? 'true' : undefined}
    >
      <Group justify="space-between" gap="xs" wrap="nowrap" mb={2}>
        <Text fz="xs" c="dimmed" truncate>
          {t(`kindOf.${kind.replace('.', '_')}`, { defaultValue: kind })}
        </Text>
        {status !== 'pending' && <Status of={status} />}
      </Group>
      <Text fz="sm" fw={500} lineClamp={2}>
        <RequestTitle request={request} />
      </Text>
      <Text fz="xs" c="dimmed" mt={2}>
        {requestedBy.name ?? requestedBy.id} · <When at={createdAt} />
      </Text>
    </Link>
  );
}
