import type { Step } from '../draft/steps.ts';
import { useCampaignForm } from '../form.ts';
import type { Start } from '../use-editing.ts';
import type { Verdict } from '../verdict.ts';
import { AudienceStep } from './audience-step.tsx';
import { CodesStep } from './codes-step.tsx';
import { LimitsStep } from './limits-step.tsx';
import { OfferStep } from './offer-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { ScheduleStep } from './schedule-step.tsx';
import { TermsStep } from './terms-step.tsx';

interface Props {
  readonly step: Step;
  readonly start: Start;
  readonly verdict: Verdict;
  readonly isSaving: boolean;
  readonly onSave: () => void;
  readonly onStep: (step: Step) => void;
}

export function StepPanel({ step, start, verdict, isSaving, onSave, onStep }: Props) {
  const { values } = useCampaignForm();
  const { campaign, base } = start;
  switch (step) {
    case 'offer':
      return <OfferStep />;
    case 'audience':
      return <AudienceStep />;
    case 'limits':
      return <LimitsStep />;
    case 'schedule':
      return <ScheduleStep />;
    case 'terms':
      return <TermsStep />;
    case 'codes':
      return <CodesStep campaignId={campaign?.id} onSave={onSave} isSaving={isSaving} />;
    case 'review':
      return (
        <ReviewStep
          values={values}
          inForce={campaign && campaign.status !== 'draft' ? base : null}
          verdict={verdict}
          onStep={onStep}
        />
      );
  }
}
