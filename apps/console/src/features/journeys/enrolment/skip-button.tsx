import { Button, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { type RowOf, useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import type { Words } from '../drawing/flow.ts';
import type { GraphNode } from '../graph/types.ts';

interface Props {
  readonly enrolment: RowOf<'listJourneyEnrolments'>;
  /** What the visit may be left by. */
  readonly connectors: readonly string[];
  readonly node: GraphNode | undefined;
  readonly words: Words;
  readonly size?: 'sm' | 'compact-sm';
}

/** Moves a player on by hand, by one of the node's connectors. */
export function SkipButton({ enrolment, connectors, node, words, size = 'compact-sm' }: Props) {
  const { t } = useTranslation('journeys');
  const [opened, { open, close }] = useDisclosure();
  const form = useForm({ initialValues: { connector: connectors[0] ?? '', reason: '' } });
  const skip = useAct('skipVisit', () => {
    close();
    tellDone(t('skip.done'));
  });
  if (connectors.length === 0) return null;
  return (
    <>
      <Button size={size} variant="default" onClick={open}>
        {t('skip.label')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('skip.title', { player: enrolment.player })} centered>
        <form
          onSubmit={form.onSubmit((values) =>
            skip.mutate({
              params: { journeyId: enrolment.journeyId, enrolmentId: enrolment.id },
              body: { seq: enrolment.seq, ...values },
            }),
          )}
        >
          <Stack>
            <Text fz="sm">{t('skip.means')}</Text>
            {skip.error && <ErrorBox error={skip.error} />}
            <Select
              label={t('skip.by')}
              data={connectors.map((connector) => ({
                value: connector,
                label: node ? words.connector(node, connector) : connector,
              }))}
              allowDeselect={false}
              {...form.getInputProps('connector')}
            />
            <Textarea
              label={t('reason')}
              description={t('reasonHint')}
              required
              maxLength={500}
              autosize
              minRows={2}
              {...form.getInputProps('reason')}
            />
            <FormEnd submit={t('skip.label')} isBusy={skip.isPending} onCancel={close} />
          </Stack>
        </form>
      </Modal>
    </>
  );
}
