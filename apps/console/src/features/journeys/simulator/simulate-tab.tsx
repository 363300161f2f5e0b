import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, send } from '../../../api/index.ts';
import { Empty, ErrorBox, Panel, Skeletons } from '../../../kit/index.ts';
import { useDefinition } from '../journey/use-definition.ts';
import { VersionSelect } from '../journey/version-select.tsx';
import { PlanForm } from './plan-form.tsx';
import { EMPTY_PLAN, type Plan, scriptOf } from './script.ts';
import classes from './simulator.module.css';
import { Walkthrough } from './walkthrough.tsx';

/** Walks the journey through time that is made up: nothing is sent, nothing is stored. */
export function SimulateTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const [plan, setPlan] = useState<Plan>({ ...EMPTY_PLAN, version: null });
  const [result, setResult] = useState<Answer<'simulateJourney'>>();
  const [error, setError] = useState<Error>();
  const [isBusy, setBusy] = useState(false);
  const definition = useDefinition(journey, plan.version);
  if (!definition) return <Skeletons />;

  const run = async () => {
    setBusy(true);
    setError(undefined);
    const startsAt = plan.startsAt === null ? Date.now() : Date.parse(plan.startsAt);
    try {
      setResult(
        await send('simulateJourney', {
          params: { journeyId: journey.id },
          body: scriptOf(plan, definition, startsAt),
        }),
      );
    } catch (refusal) {
      setResult(undefined);
      setError(refusal instanceof Error ? refusal : new Error(String(refusal)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className={classes.split}
      onSubmit={(event) => {
        event.preventDefault();
        void run();
      }}
    >
      <Panel title={t('simulate.title')} hint={t('simulate.hint')}>
        <Stack gap="md">
          <VersionSelect
            journey={journey}
            label={t('list.version')}
            withDraft
            value={plan.version}
            onChange={(version) => {
              setPlan({ ...plan, version, replies: {} });
              setResult(undefined);
            }}
          />
          <PlanForm plan={plan} definition={definition} onChange={setPlan} />
          <Group justify="flex-end">
            <Button type="submit" leftSection={<IconPlayerPlay size={16} />} loading={isBusy}>
              {t('simulate.run')}
            </Button>
          </Group>
        </Stack>
      </Panel>
      <Stack>
        {error && <ErrorBox error={error} />}
        {result ? (
          <Walkthrough key={result.moments[0]?.at ?? ''} result={result} definition={definition} />
        ) : (
          !error && (
            <Panel>
              <Empty icon={IconPlayerPlay} title={t('simulate.none')} hint={t('simulate.noneHint')} />
              <Text fz="xs" c="dimmed" ta="center">
                {t('simulate.nothingSent')}
              </Text>
            </Panel>
          )
        )}
      </Stack>
    </form>
  );
}
