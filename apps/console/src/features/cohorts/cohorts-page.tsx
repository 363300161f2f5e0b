import { SegmentedControl, Select, Stack, Text } from '@mantine/core';
import { IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/index.ts';
import { CampaignPicker, Empty, FilterBar, Loaded, Page, Panel, When } from '../../kit/index.ts';
import { PrintButton } from '../../kit/report/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { PlayerValue } from './player-value.tsx';
import { Retention } from './retention.tsx';

const BY = ['week', 'month'] as const;
const OF = ['registration', 'first_activation', 'experiment'] as const;
const MEASURES = ['active', 'deposited', 'ngr'] as const;
type Filter = 'by' | 'of' | 'measure' | 'campaign' | 'experiment';

/** How many players come back, week after week, and what they bring. */
export function CohortsPage() {
  const { t } = useTranslation('cohorts');
  const { filters, isFiltered, setFilters, clear } = useFilters<Filter>();
  const by = oneOf(BY, filters.by) ?? 'week';
  const of = oneOf(OF, filters.of) ?? 'registration';
  const measure = oneOf(MEASURES, filters.measure) ?? 'active';
  const isMissing = of === 'experiment' && filters.experiment === undefined;
  const report = useRead(
    'getCohorts',
    {
      query: {
        ...{ by, of, measure },
        ...(of === 'first_activation' && { campaignId: filters.campaign }),
        ...(of === 'experiment' && { experimentId: filters.experiment }),
      },
    },
    { enabled: !isMissing },
  );
  return (
    <Page title={t('rooms.cohorts')} description={t('description')} actions={<PrintButton />}>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <SegmentedControl
          size="sm"
          aria-label={t('by.label')}
          value={by}
          onChange={(chosen) => setFilters({ by: chosen })}
          data={BY.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
        <Select
          aria-label={t('of.label')}
          size="sm"
          w={230}
          value={of}
          allowDeselect={false}
          onChange={(chosen) => setFilters({ of: chosen ?? undefined })}
          data={OF.map((value) => ({ value, label: t(`of.${value}`) }))}
        />
        <Select
          aria-label={t('measure.label')}
          size="sm"
          w={190}
          value={measure}
          allowDeselect={false}
          onChange={(chosen) => setFilters({ measure: chosen ?? undefined })}
          data={MEASURES.map((value) => ({ value, label: t(`measure.${value}`) }))}
        />
        {of === 'first_activation' && (
          <CampaignPicker
            aria-label={t('campaign')}
            placeholder={t('anyCampaign')}
            size="sm"
            w={220}
            clearable
            value={filters.campaign}
            onChange={(campaign) => setFilters({ campaign })}
          />
        )}
        {of === 'experiment' && (
          <ExperimentPicker
            value={filters.experiment}
            onChange={(experiment) => setFilters({ experiment })}
          />
        )}
      </FilterBar>
      {isMissing ? (
        <Panel>
          <Empty icon={IconUsersGroup} title={t('pick')} hint={t('pickHint')} />
        </Panel>
      ) : (
        <Loaded of={report}>
          {(data) => (
            <Stack gap="lg">
              {data.groups.map((group) => (
                <Panel
                  key={group.key}
                  title={group.name ?? t(`measure.${data.measure}`)}
                  hint={t(`measureMeans.${data.measure}`, { currency: data.currency })}
                >
                  {group.cohorts.length === 0 ? (
                    <Empty icon={IconUsersGroup} title={t('none')} hint={t('noneHint')} />
                  ) : (
                    <Retention report={data} cohorts={group.cohorts} />
                  )}
                </Panel>
              ))}
              <Text fz="xs" c="dimmed">
                {t('counted')} <When at={data.countedAt} /> · {data.timeZone}
              </Text>
            </Stack>
          )}
        </Loaded>
      )}
      {of === 'first_activation' && filters.campaign !== undefined && (
        <PlayerValue campaignId={filters.campaign} />
      )}
    </Page>
  );
}

interface PickerProps {
  readonly value: string | undefined;
  readonly onChange: (experimentId: string | undefined) => void;
}

/** The latest experiments are the ones that are looked at. */
const PAGE = 100;

function ExperimentPicker({ value, onChange }: PickerProps) {
  const { t } = useTranslation('cohorts');
  const experiments = useRead('listExperiments', { query: { limit: PAGE } });
  return (
    <Select
      aria-label={t('experiment')}
      placeholder={t('experiment')}
      size="sm"
      w={220}
      searchable
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={(experiments.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
    />
  );
}
