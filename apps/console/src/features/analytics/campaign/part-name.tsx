import type { PerformanceDimension } from '@promosmith/contract';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { shortId, TextLink } from '../../../kit/index.ts';
import { regionName } from '../../../kit/locale-name.ts';

interface Props {
  readonly by: PerformanceDimension;
  readonly of: Pick<Answer<'getPerformanceBreakdown'>['items'][number], 'kind' | 'value' | 'name'>;
}

/** What a value of a dimension is called. */
export function PartName({ by, of: { kind, value, name } }: Props) {
  const { t } = useTranslation('analytics');
  if (kind !== 'value' || value === null) return <i>{t(`by.${kind === 'others' ? 'others' : 'without'}`)}</i>;
  if (by === 'code')
    return (
      <TextLink to={{ to: '/codes/$codeId', params: { codeId: value } }}>{name ?? shortId(value)}</TextLink>
    );
  if (by === 'batch')
    return (
      <TextLink to={{ to: '/code-batches/$batchId', params: { batchId: value } }}>
        {name ?? shortId(value)}
      </TextLink>
    );
  if (by === 'country') return regionName(value);
  return t(`by.values.${by}.${value}`, { defaultValue: name ?? value });
}
