import { Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { ConfirmButton, Copyable, Facts, Loaded, Panel, SecretShown, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { FormButton } from '../form-button.tsx';
import { EngineForm } from './engine-form.tsx';
import { TestEngine } from './test-engine.tsx';

/** For a day both secrets sign, so that the other side can change at any moment. */
const OVERLAP_SECONDS = 86_400;

/** Who keeps the brand's bonuses of money. */
export function EnginePanel() {
  const engine = useRead('getBonusEngine', {});
  return <Loaded of={engine}>{(found) => <Shown engine={found} />}</Loaded>;
}

function Shown({ engine }: { engine: Answer<'getBonusEngine'> }) {
  const { t } = useTranslation('integrations');
  const may = useMay('providers:write');
  const [secret, setSecret] = useState<string | null>();
  const rotate = useAct('rotateBonusEngineSecret', (made) => setSecret(made.secret));
  const { engineId } = engine;
  return (
    <Panel
      title={t(`engine.keepers.${engine.keeper}`)}
      hint={t(`engine.hints.${engine.keeper}`)}
      actions={
        may && (
          <FormButton label={t('engine.change')} title={t('tabs.engine')} variant="default">
            {(close) => <EngineForm of={engine} onSecret={setSecret} onDone={close} />}
          </FormButton>
        )
      }
    >
      <Stack>
        {engineId !== null && (
          <Facts
            of={[
              [t('url'), engine.url],
              [
                t('engine.reports'),
                <Copyable key="r" text={`${location.origin}/v1/bonus-engines/${engineId}/reports`} />,
              ],
              [t('changed'), <When key="c" at={engine.updatedAt} style="full" />],
              ...(engine.previousSecretUntil
                ? [
                    [
                      t('oldSecretUntil'),
                      <When key="o" at={engine.previousSecretUntil} style="full" />,
                    ] as const,
                  ]
                : []),
            ]}
          />
        )}
        {engineId !== null && may && (
          <Group gap="xs" align="flex-start">
            <TestEngine />
            <ConfirmButton
              variant="default"
              label={t('rotate')}
              title={t('rotateTitle')}
              consequence={t('rotateHint')}
              color="iris"
              onConfirm={() => rotate.mutateAsync({ body: { overlapSeconds: OVERLAP_SECONDS } })}
            />
          </Group>
        )}
      </Stack>
      <SecretShown secret={secret} hint={t('engine.secretHint')} onClose={() => setSecret(null)} />
    </Panel>
  );
}
