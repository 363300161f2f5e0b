import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { verifyDraw } from '@promosmith/core/draw';
import { IconCircleCheck, IconCircleX, IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, download, send, useRead } from '../../../api/index.ts';
import { Copyable, ErrorBox, ExportButton, Facts, Loaded, Panel } from '../../../kit/index.ts';

type Verdict = Awaited<ReturnType<typeof verifyDraw>>;

/** The promise made before the first entry, and after the draw everything it takes to hold it again. */
export function ProofPanel({ of: { id, status, commitment } }: { of: Answer<'getDraw'> }) {
  const { t } = useTranslation('tournaments');
  return (
    <Panel title={t('proof.title')} hint={t(status === 'drawn' ? 'proof.hint' : 'proof.hintBefore')}>
      <Stack gap="sm">
        <Facts of={[[t('proof.commitment'), <Copyable key="c" text={commitment} />]]} />
        {status === 'drawn' && <Proof drawId={id} />}
      </Stack>
    </Panel>
  );
}

function Proof({ drawId }: { drawId: string }) {
  const { t } = useTranslation('tournaments');
  const proof = useRead('getDrawProof', { params: { drawId } });
  const check = useCheck(drawId);
  return (
    <Loaded of={proof}>
      {({ seed, entriesDigest, method }) => (
        <Stack gap="sm">
          <Facts
            of={[
              [t('proof.seed'), <Copyable key="s" text={seed} />],
              [t('proof.digest'), <Copyable key="d" text={entriesDigest} />],
              [t('proof.method'), method],
            ]}
          />
          {check.verdict && <VerdictBox of={check.verdict} />}
          {check.error && <ErrorBox error={check.error} />}
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconShieldCheck size={15} />}
              loading={check.isBusy}
              onClick={() => void check.run()}
            >
              {t('proof.check')}
            </Button>
            <ExportButton
              route="listDrawEntries"
              call={{ params: { drawId } }}
              fileName={`draw-${drawId}-entries.txt`}
              label={t('proof.entries')}
            />
          </Group>
          <Text fz="xs" c="dimmed">
            {t('proof.checkHint')}
          </Text>
        </Stack>
      )}
    </Loaded>
  );
}

/** Holds the draw again in this browser, from nothing but the proof and the list of entries. */
function useCheck(drawId: string) {
  const [verdict, setVerdict] = useState<Verdict>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  async function run(): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      const call = { params: { drawId } };
      const [proof, entries] = await Promise.all([
        send('getDrawProof', call),
        download('listDrawEntries', call),
      ]);
      setVerdict(await verifyDraw(proof, (await entries.text()).split('\n').filter(Boolean)));
    } catch (fault) {
      setError(fault instanceof Error ? fault : new Error(String(fault)));
    } finally {
      setBusy(false);
    }
  }
  return { verdict, error, isBusy, run };
}

function VerdictBox({ of: verdict }: { of: Verdict }) {
  const { t } = useTranslation('tournaments');
  return (
    <Alert
      role="status"
      color={verdict.valid ? 'green' : 'red'}
      icon={verdict.valid ? <IconCircleCheck size={18} /> : <IconCircleX size={18} />}
      title={t(verdict.valid ? 'proof.holds' : 'proof.broken')}
    >
      {!verdict.valid && <Text fz="sm">{verdict.faults.join('; ')}</Text>}
    </Alert>
  );
}
