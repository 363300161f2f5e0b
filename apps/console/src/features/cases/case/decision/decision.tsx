import { Alert, Group, List, Stack, Text } from '@mantine/core';
import { IconCheck, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Facts, Panel, Skeletons, When } from '../../../../kit/index.ts';
import { Who } from '../../../../kit/who.tsx';
import { useMay } from '../../../../session/index.ts';
import type { CaseDetail } from '../../kinds.ts';
import { Decided } from '../../standing.tsx';
import { DecisionForm } from './decision-form.tsx';

/** What was decided, or the form to decide with. */
export function Decision({ of: found, again }: { of: CaseDetail; again: () => void }) {
  const { t } = useTranslation('cases');
  const may = useMay('cases:decide');
  const [draft, setDraft] = useState('');
  if (found.state === 'decided')
    return (
      <>
        {draft !== '' && <Draft text={draft} />}
        <Verdict of={found} />
      </>
    );
  if (found.approvalId !== null) return null;
  return (
    <Panel title={t('decide.title')}>
      {may ? (
        <DecisionForm of={found} again={again} onDraft={setDraft} />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('decide.notYours')}
        </Text>
      )}
    </Panel>
  );
}

/** What was being written when somebody else decided: it may be worth a note. */
function Draft({ text }: { text: string }) {
  const { t } = useTranslation('cases');
  return (
    <Alert color="yellow" title={t('decide.lateTitle')}>
      <Text fz="sm">{t('decide.lateDraft')}</Text>
      <Text fz="sm" mt="xs" style={{ whiteSpace: 'pre-wrap' }}>
        {text}
      </Text>
    </Alert>
  );
}

function Verdict({ of: found }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <Panel title={t('decision')}>
      <Stack gap="sm">
        <Group gap="xs">
          <Decided of={found} />
        </Group>
        <Facts
          of={[
            [t('decidedBy'), found.decidedBy && <Who key="w" by={found.decidedBy} />],
            [t('decidedAt'), <When key="a" at={found.decidedAt} style="full" />],
            [t('reason'), found.reason],
            [t('decide.message'), found.playerMessage],
          ]}
        />
        <Effects of={found} />
      </Stack>
    </Panel>
  );
}

/** What deciding came to; it is done a moment later. */
function Effects({ of: { effects } }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  if (effects === null) return <Skeletons rows={1} />;
  if (effects.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('effects.none')}
      </Text>
    );
  return (
    <List listStyleType="none" spacing={4} fz="sm" aria-label={t('effects.title')}>
      {effects.map(({ effect, done, detail }) => (
        <List.Item
          key={`${effect} ${detail}`}
          icon={
            done ? (
              <IconCheck size={15} role="img" aria-label={t('effects.done')} />
            ) : (
              <IconX size={15} role="img" aria-label={t('effects.failed')} />
            )
          }
        >
          {t(`effects.${effect}`, { defaultValue: effect })}
          {!done && detail !== null && (
            <Text span fz="sm" c="dimmed">
              {' '}
              — {t(`refusals.${detail}`, { defaultValue: detail })}
            </Text>
          )}
        </List.Item>
      ))}
    </List>
  );
}
