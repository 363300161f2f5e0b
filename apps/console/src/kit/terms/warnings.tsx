import { Alert, List, Text } from '@mantine/core';
import type { CampaignWarning } from '@promosmith/contract';
import { IconScale } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSay } from '../../texts/index.ts';
import { When } from '../values.tsx';

/** The same said by several jurisdictions is told once. */
const onlyOnce = (of: readonly CampaignWarning[]): CampaignWarning[] =>
  [
    ...new Map(
      of.toReversed().map((warning) => {
        const { rule, field, severity, fix, from } = warning;
        return [JSON.stringify([rule, field, severity, fix, from]), warning] as const;
      }),
    ).values(),
  ].toReversed();

/** What jurisdictions say to an offer. */
export function Warnings({ of }: { of: readonly CampaignWarning[] }) {
  const { t } = useTranslation('terms');
  const say = useSay();
  if (of.length === 0) return null;
  const forbids = of.some(({ severity }) => severity === 'forbid');
  return (
    <Alert
      color={forbids ? 'red' : 'yellow'}
      icon={<IconScale size={18} />}
      title={t(forbids ? 'warnings.forbidden' : 'warnings.advice')}
    >
      <List fz="sm" spacing={4}>
        {onlyOnce(of).map(({ jurisdiction, rule, field, reason, fix, from }) => (
          <List.Item key={`${jurisdiction} ${rule} ${field}`}>
            {say(reason)}
            <Text span inherit>
              {` — ${say(fix)}`}
              {from !== null && (
                <>
                  {` (${t('warnings.from')} `}
                  <When at={from} style="full" />)
                </>
              )}
            </Text>
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
