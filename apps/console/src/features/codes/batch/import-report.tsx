import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { download } from '../../../api/index.ts';
import { ExportButton, Loaded, Panel } from '../../../kit/index.ts';
import { readCsv } from '../making/csv.ts';
import { BadLines } from './bad-lines.tsx';

/** As many lines as are shown; the file has all. */
const MOST = 500;

/** What became of the lines that were left out of an import. */
export function ImportReport({ batchId, count }: { batchId: string; count: number }) {
  const { t } = useTranslation('codes');
  const call = { params: { batchId } };
  const report = useQuery({
    queryKey: ['getImportReport', call],
    queryFn: async () => readCsv(await (await download('getImportReport', call)).text()).slice(1, MOST + 1),
  });
  return (
    <Panel
      title={t('report.title')}
      hint={t('report.hint', { count })}
      actions={<ExportButton route="getImportReport" call={call} fileName={`import-report-${batchId}.csv`} />}
    >
      <Loaded of={report}>
        {(rows) => (
          <BadLines
            lines={rows.map(([line = '', field = '', reason = '']) => ({
              line: Number(line),
              field,
              reason,
            }))}
          />
        )}
      </Loaded>
    </Panel>
  );
}
