import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, Panel, When } from '../../../kit/index.ts';
import { Who } from '../../../kit/who.tsx';
import { useMay } from '../../../session/index.ts';
import type { CaseDetail } from '../kinds.ts';

/** What people wrote on the case, for each other. */
export function Notes({ of: { id, notes } }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  const may = useMay('cases:decide');
  return (
    <Panel title={t('notes.title')}>
      <Stack gap="sm">
        {notes.length === 0 && (
          <Text fz="sm" c="dimmed">
            {t('notes.none')}
          </Text>
        )}
        {notes.map((note) => (
          <Stack key={note.id} gap={2}>
            <Text fz="sm" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {note.text}
            </Text>
            <Text fz="xs" c="dimmed">
              <Who by={note.author} /> · <When at={note.createdAt} />
            </Text>
          </Stack>
        ))}
        {may && <NewNote caseId={id} />}
      </Stack>
    </Panel>
  );
}

const LONGEST = 4_000;

function NewNote({ caseId }: { caseId: string }) {
  const { t } = useTranslation('cases');
  const [text, setText] = useState('');
  const write = useAct('noteOnCase', () => setText(''));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '') write.mutate({ params: { caseId }, body: { text: text.trim() } });
      }}
    >
      <Stack gap="xs">
        <Textarea
          label={t('notes.new')}
          autosize
          minRows={2}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {write.error && <ErrorBox error={write.error} />}
        <Group justify="flex-end">
          <Button
            type="submit"
            variant="default"
            size="compact-sm"
            disabled={text.trim() === ''}
            loading={write.isPending}
          >
            {t('notes.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
