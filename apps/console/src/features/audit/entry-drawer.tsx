import { Button, Code, Drawer, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Copyable, Facts, When } from '../../kit/index.ts';
import { Who } from '../../kit/who.tsx';
import { Changes } from './changes.tsx';
import type { Entry } from './entry.ts';
import { useWords } from './words.ts';

interface Props {
  readonly entry: Entry | undefined;
  readonly onClose: () => void;
  readonly onActor: (id: string) => void;
  readonly onTarget: (kind: string, id: string) => void;
}

/** One change: what it was before, what it is after, and where it stands in the chain. */
export function EntryDrawer({ entry, onClose, onActor, onTarget }: Props) {
  const { t } = useTranslation('audit');
  const words = useWords();
  return (
    <Drawer
      opened={entry !== undefined}
      onClose={onClose}
      title={entry && words.ofAction(entry.action)}
      size="xl"
    >
      {entry && (
        <Stack>
          <Facts
            of={[
              [
                t('target'),
                <Copyable
                  key="target"
                  text={entry.target.id}
                  shown={`${words.ofKind(entry.target.kind)} ${entry.target.id}`}
                />,
              ],
              [t('actor'), <Who key="actor" by={entry.actor} />],
              [t('at'), <When key="at" at={entry.at} style="full" />],
              [t('reason'), entry.reason],
              [t('request'), entry.requestId && <Copyable key="request" text={entry.requestId} />],
              [t('key'), <Code key="key">{entry.action}</Code>],
              [t('position'), entry.position],
              [
                t('hash'),
                entry.hash && <Copyable key="hash" text={entry.hash} shown={`${entry.hash.slice(0, 16)}…`} />,
              ],
            ]}
          />
          <Changes before={entry.before} after={entry.after} />
          <Group gap="xs">
            <Button variant="default" size="xs" onClick={() => onTarget(entry.target.kind, entry.target.id)}>
              {t('ofTarget')}
            </Button>
            <Button variant="default" size="xs" onClick={() => onActor(entry.actor.id)}>
              {t('ofActor')}
            </Button>
          </Group>
        </Stack>
      )}
    </Drawer>
  );
}
