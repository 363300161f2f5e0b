import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Lines } from '../../../kit/charts/index.ts';
import { useMoneyText } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useCurrencyOf, useMember } from '../../../session/index.ts';
import { isMoney, LINES, numberOf, type Report } from './figures.ts';

interface Props {
  readonly report: Report;
  readonly compared: Report | undefined;
}

/** One figure day by day, and dashed beside it what it is compared with. */
export function DayLines({ report, compared }: Props) {
  const { t } = useTranslation('analytics');
  const { t: told } = useTranslation('figures');
  const { brand } = useMember();
  const money = useMoneyText();
  const currencyOf = useCurrencyOf();
  const { filters, setFilters } = useFilters<'line'>();
  const figure = oneOf(LINES, filters.line) ?? 'accepted';
  const currency = report.conversion?.currency ?? brand.currency;
  const name = told(`${figure}.name`);
  const lineOf = (of: Report) => of.days.map((day) => numberOf(day, figure, currency));
  const isOtherCampaign = compared !== undefined && compared.campaignId !== report.campaignId;
  return (
    <Stack gap="xs" h="100%">
      <Select
        aria-label={t('report.figure')}
        size="sm"
        w={220}
        value={figure}
        allowDeselect={false}
        onChange={(chosen) => setFilters({ line: chosen ?? undefined })}
        data={LINES.map((value) => ({ value, label: told(`${value}.name`) }))}
      />
      <Lines
        title={isMoney(figure) ? `${name}, ${currency}` : name}
        definition={told(`${figure}.definition`)}
        days={report.days.map(({ day }) => day)}
        lines={[
          { name: isOtherCampaign ? report.name : t('report.thisPeriod'), values: lineOf(report) },
          ...(compared
            ? [
                {
                  name: isOtherCampaign ? compared.name : t('report.before'),
                  isCompared: true,
                  values: lineOf(compared),
                },
              ]
            : []),
        ]}
        {...(isMoney(figure) && {
          show: (value: number) => money(Math.round(value), currency),
          unit: 10 ** currencyOf(currency).exponent,
        })}
      />
    </Stack>
  );
}
