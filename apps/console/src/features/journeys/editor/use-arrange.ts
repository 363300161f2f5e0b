import { useReactFlow } from '@xyflow/react';
import { useTranslation } from 'react-i18next';
import { arranged } from '../graph/layout.ts';
import { useEditor } from './editor-context.ts';

/** Places every node anew, and shows them all. */
export function useArrange(): () => void {
  const { t } = useTranslation('journeys');
  const { definition, edit, say } = useEditor();
  const { fitView } = useReactFlow();
  return () => {
    edit({ ...definition, layout: arranged(definition) });
    say(t('said.arranged'));
    // Once the cards stand where they are to be.
    requestAnimationFrame(() => void fitView({ padding: 0.12, maxZoom: 1, duration: 200 }));
  };
}
