import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { TextLink } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';

const KIND = 'code.take_back';
const LOOK_MS = 5_000;

/** That a second person has been asked whether what the code gave is taken back. */
export function WaitingRequest({ codeId }: { codeId: string }) {
  const { t } = useTranslation('codewatch');
  const may = useMay('approvals:read');
  const requests = useList(
    'listApprovals',
    { query: { status: 'pending', kind: KIND, subject: `code/${codeId}` } },
    { enabled: may, every: LOOK_MS },
  );
  const [request] = requests.rows;
  if (!request) return null;
  return (
    <Alert color="yellow" title={t('takeBack.waits')}>
      {t('takeBack.waitsHint')}{' '}
      <TextLink to={{ to: '/approvals', search: { request: request.approvalId } }}>
        {t('takeBack.openRequest')}
      </TextLink>
    </Alert>
  );
}
