import { Group, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { ActivationsTable, Empty, Panel } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';

const ALL = 'all';

/** Who tried a code, and what came of it. */
export function Attempts({ codeId }: { codeId: string }) {
  const { t } = useTranslation('codes');
  const { filters, setFilters } = useFilters<'outcome'>();
  const outcome =
    filters.outcome === 'accepted' || filters.outcome === 'refused' ? filters.outcome : undefined;
  const may = useMay('activations:read');
  const list = useList(
    'listActivations',
    { query: { codeId, ...(outcome === undefined ? {} : { outcome }) } },
    { enabled: may },
  );
  if (!may) return null;
  return (
    <Panel
      title={t('attempts.title')}
      padded={false}
      actions={
        <Group>
          <SegmentedControl
            size="xs"
            aria-label={t('attempts.which')}
            data={[
              { value: ALL, label: t('all') },
              { value: 'accepted', label: t('states.accepted') },
              { value: 'refused', label: t('states.refused') },
            ]}
            value={outcome ?? ALL}
            onChange={(chosen) => setFilters({ outcome: chosen === ALL ? undefined : chosen })}
          />
        </Group>
      }
    >
      <ActivationsTable
        label={t('attempts.title')}
        list={list}
        without={['code', 'campaign']}
        empty={<Empty title={t('attempts.none')} hint={t('attempts.noneHint')} />}
      />
    </Panel>
  );
}
