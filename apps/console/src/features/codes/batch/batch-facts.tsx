import { Code } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { CampaignLink, Copyable, Count, Facts, Panel, When, Who } from '../../../kit/index.ts';

export function BatchFacts({ batch }: { batch: Answer<'getCodeBatch'> }) {
  const { t } = useTranslation('codes');
  const { id, kind, codeKind, campaignId, pattern, alphabet, size, requested, lines, badLines } = batch;
  return (
    <Panel title={t('batch')}>
      <Facts
        of={[
          [t('campaign'), <CampaignLink key="campaign" id={campaignId} />],
          [t('batchKind'), t(`batchKinds.${kind}`)],
          [t('kind'), t(`codeKinds.${codeKind}`)],
          [t('size'), <Count key="size" of={size} />],
          ...(requested === null || requested === size
            ? []
            : [[t('requested'), <Count key="requested" of={requested} />] as const]),
          ...(lines === null
            ? []
            : ([
                [t('lines'), <Count key="lines" of={lines} />],
                [t('badLines'), <Count key="bad" of={badLines} />],
              ] as const)),
          ...(pattern === null ? [] : [[t('pattern.label'), <Code key="pattern">{pattern}</Code>] as const]),
          ...(alphabet === null
            ? []
            : [[t('pattern.alphabet'), <Code key="alphabet">{alphabet}</Code>] as const]),
          [t('createdBy'), <Who key="by" by={batch.createdBy} />],
          [t('createdAt'), <When key="created" at={batch.createdAt} style="full" />],
          [t('id'), <Copyable key="id" text={id} />],
        ]}
      />
    </Panel>
  );
}
