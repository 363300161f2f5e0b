import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/index.ts';
import { Chart, Parts } from '../../kit/charts/index.ts';
import { Count, Loaded, Nothing, useMoneyText } from '../../kit/index.ts';
import classes from './player-value.module.css';

const PLACES = ['median', 'mean', 'p90'] as const;

/** What players were worth after a code of a campaign, and how many of them were after bonuses only. */
export function PlayerValue({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('cohorts');
  const money = useMoneyText();
  const report = useRead('getPlayerValue', { params: { campaignId }, query: {} });
  return (
    <Loaded of={report}>
      {({ value, hunters, currency }) => {
        const write = (amount: number | null) =>
          amount === null ? <Nothing /> : money(Math.round(amount), currency);
        const most = Math.max(1, ...value.flatMap((one) => PLACES.map((place) => Math.abs(one[place] ?? 0))));
        return (
          <SimpleGrid cols={{ base: 1, lg: 2 }} mt="lg" spacing="lg">
            <Chart
              title={t('value.title')}
              definition={t('value.means')}
              table={{
                head: [t('value.after'), t('size'), ...PLACES.map((place) => t(`value.${place}`))],
                rows: value.map((one) => ({
                  key: String(one.days),
                  cells: [
                    t('value.days', { count: one.days }),
                    <Count key="n" of={one.players} />,
                    ...PLACES.map((place) => write(one[place])),
                  ],
                })),
              }}
            >
              <div className={classes.values}>
                {value.map((one) => (
                  <div key={one.days} className={classes.group}>
                    <b>{t('value.days', { count: one.days })}</b>
                    {PLACES.map((place) => (
                      <div key={place} className={classes.line}>
                        <span>{t(`value.${place}`)}</span>
                        <div
                          className={classes.bar}
                          data-below={(one[place] ?? 0) < 0 || undefined}
                          style={{ width: `${(Math.abs(one[place] ?? 0) / most) * 100}%` }}
                        />
                        <span>{write(one[place])}</span>
                      </div>
                    ))}
                  </div>
                ))}
              </div>
            </Chart>
            <Parts
              title={t('hunters.title')}
              definition={t('hunters.means')}
              parts={[
                {
                  key: 'hunters',
                  name: t('hunters.hunters'),
                  count: hunters.hunters,
                  tone: 'hold',
                },
                {
                  key: 'others',
                  name: t('hunters.others'),
                  count: hunters.players - hunters.hunters,
                  tone: 'main',
                },
              ]}
            />
          </SimpleGrid>
        );
      }}
    </Loaded>
  );
}
