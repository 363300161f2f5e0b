import { NavLink, Stack } from '@mantine/core';
import { IconBuildingStore, IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { homeOf } from '../api/index.ts';
import { FrontPage } from './front-page.tsx';
import type { Session } from './member.tsx';

/** For whoever works for several brands, or came by the link of one they do not work for. */
export function ChooseBrand({
  session: { memberships },
  asked,
}: {
  session: Session;
  asked: string | undefined;
}) {
  const { t } = useTranslation('session');
  const hint = asked === undefined ? t('brands.hint') : t('brands.notYours', { brand: asked });
  return (
    <FrontPage title={t('brands.title')} hint={hint}>
      <Stack gap={4}>
        {memberships.map(({ brand, brandName, role }) => (
          <NavLink
            key={brand}
            href={homeOf(brand)}
            label={brandName}
            description={t(`roles.${role}`, { ns: 'common' })}
            leftSection={<IconBuildingStore size={20} />}
            rightSection={<IconChevronRight size={16} />}
          />
        ))}
      </Stack>
    </FrontPage>
  );
}
