import { Stack } from '@mantine/core';
import { DEFAULT_POLICY } from '@promosmith/core/risk';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Panel } from '../../../kit/index.ts';
import { Findings, ScoreBar } from '../../../kit/risk/index.ts';
import { useMay } from '../../../session/index.ts';
import type { CaseDetail } from '../kinds.ts';
import { findingsOf, seenOf } from '../reading.ts';
import { CodeSeen } from './code-seen.tsx';

/** What speaks for abuse: of a player what indicators found, of a code how it was tried. */
export function Evidence({ of: found }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const may = useMay('risk:read');
  const policy = useRead('getRiskPolicy', {}, { enabled: may });
  const findings = findingsOf(found);
  const seen = seenOf(found);
  const { score, band } = found;
  return (
    <Stack>
      {score !== null && band !== null && (
        <Panel title={t('evidence.title')} hint={t('evidence.hint')}>
          <Stack>
            <ScoreBar {...{ score, band }} parts={findings} bands={(policy.data ?? DEFAULT_POLICY).bands} />
            <Findings of={findings} />
          </Stack>
        </Panel>
      )}
      {seen && (
        <Panel title={t('evidence.seen')}>
          <CodeSeen of={seen} />
        </Panel>
      )}
    </Stack>
  );
}
