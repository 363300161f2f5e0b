import { useTranslation } from 'react-i18next';
import { Panel } from '../panel.tsx';
import { AttentionList } from './attention-list.tsx';
import { useAttention } from './use-attention.ts';

/** What waits for whoever looks. Nothing is shown when nothing does. */
export function AttentionPanel() {
  const { t } = useTranslation('attention');
  const items = useAttention();
  if (!items || items.length === 0) return null;
  return (
    <Panel title={t('title')}>
      <AttentionList items={items} isWide />
    </Panel>
  );
}
