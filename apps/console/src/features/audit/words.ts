import { useTranslation } from 'react-i18next';

/** What the log's names say: `campaign.paused` is that a campaign was paused. One that has no words stays as it is. */
export function useWords(): { ofAction: (action: string) => string; ofKind: (kind: string) => string } {
  const { t } = useTranslation('audit');
  const ofKind = (kind: string): string => t(`nouns.${kind}`, { defaultValue: kind.replaceAll('_', ' ') });
  return {
    ofKind,
    ofAction: (action) => {
      const [kind = '', done = ''] = action.split('.');
      return `${ofKind(kind)} ${t(`verbs.${done}`, { defaultValue: done.replaceAll('_', ' ') })}`;
    },
  };
}
