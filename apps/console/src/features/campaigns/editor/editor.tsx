import { Box, Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { type Crumb, ErrorBox, Page, tellDone, tellFailed } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay, useMember } from '../../../session/index.ts';
import { ConflictPanel } from './conflict-panel.tsx';
import { currenciesIn, withoutCurrency } from './draft/definition.ts';
import { isStep, type Step, stepAfter, stepBefore, stepOf } from './draft/steps.ts';
import classes from './editor.module.css';
import { CampaignForm, useForm } from './form.ts';
import { useFormFaults } from './form-faults.ts';
import { LiveCheck } from './live-check.tsx';
import { OfferCurrenciesContext } from './offer-currencies.ts';
import { RestoredNote } from './restored-note.tsx';
import { StepList } from './step-list.tsx';
import { StepPanel } from './steps/step-panel.tsx';
import { type Start, useEditing } from './use-editing.ts';
import { useHeadingFocus } from './use-heading-focus.ts';
import { judge, useVerdict } from './verdict.ts';

interface Props {
  readonly start: Start;
  /** When what is shown was typed here earlier and not saved, ISO 8601. */
  readonly restoredAt?: string | undefined;
  readonly onDiscard: () => void;
}

/** The guided editor of a campaign: step by step, checked as it is typed, nothing lost. */
export function Editor({ start, restoredAt, onDiscard }: Props) {
  const { t } = useTranslation('campaigns');
  const { brand } = useMember();
  const mayPublish = useMay('campaigns:publish');
  const navigate = useNavigate();
  const { filters, setFilters } = useFilters<'step'>();
  const step: Step = isStep(filters.step) ? filters.step : 'offer';
  const form = useForm({ mode: 'controlled', initialValues: start.values });
  const editing = useEditing(start, form.values, form.setValues);
  const [seen, setSeen] = useState<ReadonlySet<Step>>(new Set());
  const isBegun = editing.hasChanges || seen.size > 0 || start.values.rewards.length > 0;
  const verdict = useVerdict(form.values, isBegun);
  const [chosen, setChosen] = useState<readonly string[]>(() => {
    const named = currenciesIn(start.values);
    return named.length === 0 ? [brand.currency] : named;
  });
  useFormFaults(form, verdict, seen);
  const heading = useHeadingFocus(step);
  const submit = useAct('submitCampaign');

  const { campaign } = start;
  const isLive = campaign !== undefined && campaign.status !== 'draft';
  const wrong = new Set([...verdict.faults, ...verdict.notReady].map(({ field }) => stepOf(field)));

  const go = (next: Step) => {
    setSeen((before) => new Set([...before, step]));
    setFilters({ step: next });
  };
  const saveDraft = async (next: Step = step): Promise<string | undefined> => {
    const saved = await editing.save();
    if (!saved) {
      setSeen((before) => new Set([...before, 'offer', 'audience', 'limits', 'schedule', 'terms']));
      return undefined;
    }
    if (campaign === undefined)
      await navigate({
        to: '/campaigns/$campaignId/edit',
        params: { campaignId: saved.id },
        search: { step: next },
        replace: true,
      });
    return saved.id;
  };
  const goOn = async () => {
    setSeen((before) => new Set([...before, step]));
    let now: typeof verdict;
    try {
      now = await judge(form.values);
    } catch (error) {
      tellFailed(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    if (now.faults.some(({ field }) => stepOf(field) === step)) return;
    const next = stepAfter(step);
    // A draft that can be saved is: codes belong to one that is.
    if (!isLive && now.faults.length === 0 && (editing.hasChanges || campaign === undefined)) {
      const id = await saveDraft(next);
      if (id === undefined || campaign === undefined) return;
    }
    setFilters({ step: next });
  };
  const finish = async () => {
    const id = await saveDraft();
    if (id === undefined) return;
    if (isLive) {
      tellDone(t(verdict.secondPerson === null ? 'editor.inForce' : 'moves.done.pending_approval'));
    } else {
      try {
        const { status } = await submit.mutateAsync({ params: { campaignId: id } });
        tellDone(t(`moves.done.${status}`));
      } catch (error) {
        tellFailed(error instanceof Error ? error : new Error(String(error)));
        return;
      }
    }
    void navigate({ to: '/campaigns/$campaignId', params: { campaignId: id } });
  };
  const chooseCurrencies = (codes: readonly string[]) => {
    const dropped = chosen.filter((code) => !codes.includes(code));
    if (dropped.length > 0) form.setValues(dropped.reduce(withoutCurrency, form.values));
    setChosen(codes);
  };

  const crumbs: Crumb[] = [{ label: t('list.title'), link: { to: '/campaigns' } }];
  if (campaign)
    crumbs.push({
      label: campaign.name,
      link: { to: '/campaigns/$campaignId', params: { campaignId: campaign.id } },
    });
  const finishWord = isLive
    ? verdict.secondPerson === null
      ? 'editor.putInForce'
      : 'editor.askToChange'
    : mayPublish && verdict.secondPerson === null
      ? 'moves.launch'
      : 'moves.submit';
  const before = stepBefore(step);
  return (
    <Page
      title={campaign ? t('editor.edit', { name: campaign.name }) : t('list.new')}
      crumbs={crumbs}
      actions={
        !isLive && (
          <Button
            variant="default"
            loading={editing.isSaving}
            onClick={() => void saveDraft().then((id) => id && tellDone(t('saved')))}
          >
            {t('editor.save')}
          </Button>
        )
      }
    >
      <CampaignForm form={form}>
        <OfferCurrenciesContext value={{ codes: chosen, choose: chooseCurrencies }}>
          <Stack gap="md">
            {restoredAt !== undefined && <RestoredNote at={restoredAt} onDiscard={onDiscard} />}
            {editing.conflict && (
              <ConflictPanel mine={form.values} {...editing.conflict} onSettle={editing.settle} />
            )}
            {editing.error && <ErrorBox error={editing.error} />}
            <div className={classes.editor}>
              <StepList step={step} wrong={wrong} seen={seen} onStep={go} />
              <form
                noValidate
                onSubmit={(event) => {
                  event.preventDefault();
                  void (step === 'review' ? finish() : goOn());
                }}
              >
                <Paper withBorder p="lg">
                  <Title order={2} fz="lg" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
                    {t(`steps.${step}`)}
                  </Title>
                  <Text fz="sm" c="dimmed" mb="lg">
                    {t(`stepHints.${step}`)}
                  </Text>
                  <StepPanel
                    step={step}
                    start={start}
                    verdict={verdict}
                    isSaving={editing.isSaving}
                    onSave={() => void saveDraft()}
                    onStep={go}
                  />
                </Paper>
                <Group justify="space-between" mt="md">
                  {before ? (
                    <Button variant="default" onClick={() => go(before)}>
                      {t('back')}
                    </Button>
                  ) : (
                    <span />
                  )}
                  <Group gap="sm">
                    {editing.hasChanges && (
                      <Text fz="xs" c="dimmed">
                        {t('editor.kept')}
                      </Text>
                    )}
                    <Button
                      type="submit"
                      loading={editing.isSaving || submit.isPending}
                      disabled={step === 'review' && isLive && !editing.hasChanges}
                    >
                      {t(step === 'review' ? finishWord : 'editor.continue')}
                    </Button>
                  </Group>
                </Group>
              </form>
              <Box className={classes.aside}>
                <LiveCheck verdict={verdict} isReview={step === 'review'} />
              </Box>
            </div>
          </Stack>
        </OfferCurrenciesContext>
      </CampaignForm>
    </Page>
  );
}
