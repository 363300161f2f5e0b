import { Checkbox, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Advanced } from '../advanced.tsx';
import { AudienceCount } from '../audience/audience-count.tsx';
import { RuleField } from '../audience/rule-field.tsx';
import { NumberField, OptionalText, SwitchField } from '../fields.tsx';
import { useCampaignForm } from '../form.ts';

/** Whom the campaign is for. */
export function AudienceStep() {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const { traffic, audience, markets } = form.values;
  return (
    <Stack gap="lg">
      <RuleField value={audience.rule} onChange={(rule) => form.setFieldValue('audience.rule', rule)} />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <NumberField path="audience.minAge" min={0} max={150} />
        <SwitchField path="audience.kycRequired" />
      </SimpleGrid>
      <AudienceCount audience={audience} markets={markets} />
      <Advanced label={t('audience.traffic')} isUsed={traffic !== null}>
        <Text fz="xs" c="dimmed">
          {t('audience.trafficHint')}
        </Text>
        <Traffic />
      </Advanced>
    </Stack>
  );
}

/** Where players come from: set together, or not at all. */
function Traffic() {
  const { t } = useTranslation('campaigns');
  const form = useCampaignForm();
  const { traffic } = form.values;
  return (
    <Stack gap="sm">
      <Checkbox
        label={t('audience.byTraffic')}
        checked={traffic !== null}
        onChange={(event) =>
          form.setFieldValue('traffic', event.currentTarget.checked ? { required: true } : null)
        }
      />
      {traffic !== null && (
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          <OptionalText path="traffic.utmSource" empty={undefined} />
          <OptionalText path="traffic.utmMedium" empty={undefined} />
          <OptionalText path="traffic.utmCampaign" empty={undefined} />
          <OptionalText path="traffic.affiliateId" empty={undefined} />
          <SwitchField path="traffic.required" />
        </SimpleGrid>
      )}
    </Stack>
  );
}
