import { Alert, Button, Code, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { isEqual } from '../../../kit/editing/index.ts';
import { ErrorBox, Panel, PlayerPicker, shortId, TextLink } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { bareMessage } from '../editor/reading.ts';
import type { Definition } from '../kinds.ts';

/** What a chosen player would get, before anything is saved. No code is drawn. */
export function PlayerPreview({ name, definition }: { name: string; definition: Definition }) {
  const { t } = useTranslation('labels');
  const maySeePlayers = useMay('players:read');
  const [player, setPlayer] = useState('');
  const look = useAct('previewLabel');
  if (!maySeePlayers) return null;
  const isOld = !isEqual(look.variables?.body.definition, definition);
  return (
    <Panel title={t('preview.title')} hint={t('preview.hint')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          look.mutate({ body: { name, definition, player: player.trim() } });
        }}
      >
        <Stack gap="sm">
          <PlayerPicker label={t('preview.player')} required value={player} onChange={setPlayer} />
          <Button type="submit" variant="default" loading={look.isPending} disabled={player.trim() === ''}>
            {t('preview.show')}
          </Button>
          {look.error && <ErrorBox error={look.error} />}
          {look.data && !look.isPending && (
            <>
              {isOld && (
                <Text fz="xs" c="yellow">
                  {t('run.old')}
                </Text>
              )}
              <Outcome of={look.data} />
            </>
          )}
        </Stack>
      </form>
    </Panel>
  );
}

function Outcome({ of: { condition, value, batchId, problem } }: { of: Answer<'previewLabel'> }) {
  const { t } = useTranslation('labels');
  if (problem)
    return (
      <Alert color="red" title={t('preview.noValue')}>
        {bareMessage(problem)}
      </Alert>
    );
  return (
    <Stack gap={4} role="status">
      {batchId === null ? (
        <Code block>{String(value)}</Code>
      ) : (
        <Text fz="sm">
          {t('preview.fromBatch')}{' '}
          <TextLink to={{ to: '/code-batches/$batchId', params: { batchId } }}>{shortId(batchId)}</TextLink>
        </Text>
      )}
      <Text fz="xs" c="dimmed">
        {condition === null ? t('preview.byDefault') : t('preview.byCondition', { place: condition + 1 })}
      </Text>
    </Stack>
  );
}
