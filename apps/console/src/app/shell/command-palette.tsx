import { Spotlight, type SpotlightActionGroupData, spotlight } from '@mantine/spotlight';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../session/index.ts';
import { WINGS } from './navigation.ts';

export const openPalette = spotlight.open;

/** Ctrl+K: any room, from anywhere. */
export function CommandPalette() {
  const { t } = useTranslation();
  const { may } = useMember();
  const navigate = useNavigate();
  const actions = WINGS.map(
    ({ name, rooms }): SpotlightActionGroupData => ({
      group: t(`wings.${name}`),
      actions: rooms
        .filter(({ permission }) => may(permission))
        .map(({ name: room, to, icon: IconOf }) => ({
          id: room,
          label: t(`rooms.${room}`),
          leftSection: <IconOf size={18} stroke={1.6} />,
          onClick: () => void navigate({ to }),
        })),
    }),
  );
  return (
    <Spotlight
      actions={actions}
      nothingFound={t('shell.nothingFound')}
      highlightQuery
      scrollable
      shortcut={['mod + K', '/']}
      searchProps={{ leftSection: <IconSearch size={18} />, placeholder: t('shell.search') }}
    />
  );
}
