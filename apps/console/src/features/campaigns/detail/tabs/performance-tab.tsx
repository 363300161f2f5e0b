import { lazy, Suspense } from 'react';
import { useRead } from '../../../../api/index.ts';
import { Loaded, Skeletons } from '../../../../kit/index.ts';

/** Charts are large: they come when somebody looks at them. */
const Report = lazy(async () => ({ default: (await import('../performance/report.tsx')).Report }));

export function PerformanceTab({ campaignId }: { campaignId: string }) {
  const report = useRead('getCampaignPerformance', { params: { campaignId } }, { every: 30_000 });
  return (
    <Loaded of={report}>
      {(data) => (
        <Suspense fallback={<Skeletons />}>
          <Report report={data} />
        </Suspense>
      )}
    </Loaded>
  );
}
