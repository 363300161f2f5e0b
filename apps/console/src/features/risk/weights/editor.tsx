import { Alert, Grid, Group, NumberInput, SimpleGrid, Stack, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { send, useAct, useRead } from '../../../api/index.ts';
import { ConflictDialog, LeaveGuard, type Stored, useEditable } from '../../../kit/editing/index.ts';
import { ConfirmButton, ErrorBox, Loaded, Panel } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { BandScale } from './band-scale.tsx';
import { PointsTable } from './points-table.tsx';
import { Trial } from './trial.tsx';
import { changedIn, isInOrder, type Policy, type Weights, weightsOf } from './weights.ts';

/** Weights and bands, to be changed, tried on the past, and set as a new version. */
export function Editor() {
  const policy = useRead('getRiskPolicy', {});
  return <Loaded of={policy}>{(data) => <Edited policy={data} />}</Loaded>;
}

const storedOf = (policy: Policy): Stored<Weights> => ({ version: policy.version, state: weightsOf(policy) });

const BANDS = ['flag', 'hold', 'decline'] as const;
const HIGHEST = 1_000;

function Edited({ policy }: { policy: Policy }) {
  const { t } = useTranslation(['risk', 'fraud']);
  const mayWrite = useMay('risk:write');
  const reason = useRef('');
  const { mutateAsync } = useAct('setRiskPolicy');
  const edited = useEditable<Weights>({
    stored: storedOf(policy),
    read: async () => storedOf(await send('getRiskPolicy', {})),
    write: async (version, weights) =>
      storedOf(await mutateAsync({ body: { ...weights, version, reason: reason.current } })),
    saved: t('weights.saved'),
  });
  const { state, change, isChanged } = edited;
  const changed = changedIn(weightsOf(policy), state);
  const areBandsRight = isInOrder(state.bands);
  return (
    <Grid gap="lg">
      <Grid.Col span={{ base: 12, lg: 7 }}>
        <Stack gap="lg">
          {edited.error && <ErrorBox error={edited.error} />}
          <Panel
            title={t('weights.bands')}
            hint={t('weights.bandsHint')}
            actions={
              mayWrite && (
                <ConfirmButton
                  label={t('weights.save')}
                  title={t('weights.ask', { version: edited.version + 1 })}
                  consequence={t('weights.consequence')}
                  reason="required"
                  color="iris"
                  disabled={!isChanged || !areBandsRight}
                  onConfirm={async (why) => {
                    reason.current = why;
                    await edited.save();
                  }}
                />
              )
            }
          >
            <Stack>
              <BandScale bands={state.bands} />
              <SimpleGrid cols={{ base: 1, xs: 3 }}>
                {BANDS.map((band) => (
                  <NumberInput
                    key={band}
                    label={t(`bands.${band}`, { ns: 'fraud' })}
                    description={t('weights.from')}
                    suffix={` ${t('weights.pointsShort')}`}
                    min={1}
                    max={HIGHEST}
                    allowDecimal={false}
                    readOnly={!mayWrite}
                    value={state.bands[band]}
                    onChange={(value) =>
                      typeof value === 'number' &&
                      change({ ...state, bands: { ...state.bands, [band]: value } }, band)
                    }
                  />
                ))}
              </SimpleGrid>
              {!areBandsRight && <Alert color="red">{t('weights.order')}</Alert>}
            </Stack>
          </Panel>
          <Panel
            title={t('weights.points')}
            hint={t('weights.pointsHint')}
            padded={false}
            actions={
              <Group gap="xs">
                {isChanged && (
                  <Text fz="xs" c="dimmed" role="status">
                    {t('weights.changed', { count: changed.length })}
                  </Text>
                )}
              </Group>
            }
          >
            <PointsTable
              weights={state}
              before={weightsOf(policy)}
              isReadOnly={!mayWrite}
              onChange={(name, points) =>
                change({ ...state, points: { ...state.points, [name]: points } }, name)
              }
            />
          </Panel>
        </Stack>
      </Grid.Col>
      <Grid.Col span={{ base: 12, lg: 5 }}>
        <Trial weights={state} isPossible={areBandsRight} />
      </Grid.Col>
      <ConflictDialog of={edited} />
      <LeaveGuard when={isChanged} />
    </Grid>
  );
}
