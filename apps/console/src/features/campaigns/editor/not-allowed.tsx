import { useTranslation } from 'react-i18next';
import { Empty, LinkButton, Page } from '../../../kit/index.ts';

/** For a link that was sent to somebody who may only read. */
export function NotAllowed() {
  const { t } = useTranslation('campaigns');
  return (
    <Page title={t('list.title')}>
      <Empty
        title={t('editor.notAllowed')}
        hint={t('editor.notAllowedHint')}
        action={
          <LinkButton variant="default" to="/campaigns">
            {t('list.title')}
          </LinkButton>
        }
      />
    </Page>
  );
}
