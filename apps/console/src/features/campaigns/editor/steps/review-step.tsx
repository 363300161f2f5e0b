import { Alert, Anchor, List, Stack, Text, Title } from '@mantine/core';
import type { CampaignInput } from '@promosmith/contract';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { TermsDiff, TermsSheet, Warnings } from '../../../../kit/terms/index.ts';
import { withoutName } from '../draft/definition.ts';
import { type Step, stepOf } from '../draft/steps.ts';
import type { Verdict } from '../verdict.ts';

interface Props {
  readonly values: CampaignInput;
  /** What is in force, of a campaign that was started. */
  readonly inForce: CampaignInput | null;
  readonly verdict: Verdict;
  readonly onStep: (step: Step) => void;
}

/** Everything it says, what is still missing, and what the law and the house say to it. */
export function ReviewStep({ values, inForce, verdict, onStep }: Props) {
  const { t } = useTranslation('campaigns');
  const faults = [...verdict.faults, ...verdict.notReady];
  return (
    <Stack gap="lg">
      {faults.length > 0 && (
        <Alert color="red" title={t('review.faults', { count: faults.length })}>
          <List fz="sm" spacing={4}>
            {faults.map(({ field, reason, fix }) => (
              <List.Item key={`${field} ${reason}`}>
                <Anchor component="button" type="button" fz="sm" onClick={() => onStep(stepOf(field))}>
                  {t(`steps.${stepOf(field)}`)}
                </Anchor>
                {` · ${field}: ${reason}`}
                {fix !== undefined && (
                  <Text span inherit>
                    {` — ${fix}`}
                  </Text>
                )}
              </List.Item>
            ))}
          </List>
        </Alert>
      )}
      <Warnings of={verdict.warnings} />
      {verdict.secondPerson !== null && (
        <Alert icon={<IconUsersGroup size={18} />} title={t('review.secondPerson')}>
          {verdict.secondPerson}
        </Alert>
      )}
      {inForce && (
        <Stack gap="xs">
          <Title order={3} fz="sm">
            {t('review.changes')}
          </Title>
          <TermsDiff before={withoutName(inForce)} after={withoutName(values)} />
        </Stack>
      )}
      {!inForce && <TermsSheet definition={withoutName(values)} />}
    </Stack>
  );
}
