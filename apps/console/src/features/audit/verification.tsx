import { Alert, Button, Group, Modal, Progress, SegmentedControl, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconShieldCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/index.ts';
import { Copyable, ErrorBox, Facts } from '../../kit/index.ts';
import { useSay } from '../../texts/index.ts';

type Chain = 'audit' | 'outbox';

type Verdict =
  | { readonly ok: true; readonly position: number; readonly hash: string | null }
  | { readonly ok: false; readonly position: number; readonly problem: string; readonly detail: string };

/** The last line of the answer is the verdict; those before it tell of progress. */
async function verify(chain: Chain): Promise<Verdict> {
  const text = await (await download('verifyAudit', { query: { chain } })).text();
  return JSON.parse(text.trim().split('\n').at(-1) ?? '') as Verdict;
}

/** Has every link of a chain computed again. */
export function Verification() {
  const { t } = useTranslation('audit');
  const say = useSay();
  const [opened, { open, close }] = useDisclosure();
  const [chain, setChain] = useState<Chain>('audit');
  const [verdict, setVerdict] = useState<Verdict>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setError(undefined);
    setVerdict(undefined);
    try {
      setVerdict(await verify(chain));
    } catch (refusal) {
      setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button variant="default" leftSection={<IconShieldCheck size={16} />} onClick={open}>
        {t('verify.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('verify.title')} centered size="lg">
        <Stack>
          <Text fz="sm">{t('verify.hint')}</Text>
          <SegmentedControl
            aria-label={t('verify.chain')}
            value={chain}
            onChange={(value) => setChain(value as Chain)}
            data={[
              { value: 'audit', label: t('verify.audit') },
              { value: 'outbox', label: t('verify.outbox') },
            ]}
          />
          {isBusy && <Progress value={100} animated aria-label={t('verify.running')} />}
          {error && <ErrorBox error={error} />}
          {verdict?.ok === true && (
            <Alert color="green" title={t('verify.good')}>
              <Facts
                of={[
                  [t('position'), verdict.position],
                  [t('hash'), verdict.hash && <Copyable key="hash" text={verdict.hash} />],
                ]}
              />
            </Alert>
          )}
          {verdict?.ok === false && (
            <Alert color="red" title={t('verify.bad', { position: verdict.position })}>
              {say(verdict.detail)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button loading={isBusy} onClick={() => void run()}>
              {t('verify.run')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
