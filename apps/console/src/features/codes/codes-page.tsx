import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { BatchList } from './list/batch-list.tsx';
import { type CodeFilter, CodeList } from './list/code-list.tsx';
import { LookUp } from './look-up.tsx';
import { ACTS, MakeCodes } from './making/make-codes.tsx';

export type CodesAddress = CodeFilter | 'tab' | 'act' | 'status';

/** Every code of the brand: what one is, all there are, and where new ones are made. */
export function CodesPage() {
  const { t } = useTranslation('codes');
  const address = useFilters<CodesAddress>();
  const { filters, setFilters } = address;
  const may = useMay('codes:write');
  return (
    <Page
      title={t('rooms.codes')}
      description={t('description')}
      actions={
        may && (
          <Group gap="xs">
            {ACTS.map((act, index) => (
              <Button
                key={act}
                variant={index === ACTS.length - 1 ? 'filled' : 'default'}
                onClick={() => setFilters({ act })}
              >
                {t(`${act}.open`)}
              </Button>
            ))}
          </Group>
        )
      }
    >
      <LookUp />
      <PageTabs
        label={t('rooms.codes')}
        value={filters.tab}
        onChange={(tab) => setFilters({ tab })}
        tabs={[
          { value: 'codes', label: t('rooms.codes'), panel: () => <CodeList {...address} /> },
          { value: 'batches', label: t('batches'), panel: () => <BatchList {...address} /> },
        ]}
      />
      {may && (
        <MakeCodes
          act={ACTS.find((act) => act === filters.act)}
          campaignId={filters.campaignId}
          onClose={() => setFilters({ act: undefined })}
        />
      )}
    </Page>
  );
}
