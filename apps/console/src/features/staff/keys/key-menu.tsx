import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ConfirmModal, tellDone } from '../../../kit/index.ts';
import type { KeyRow } from './row.ts';

interface Props {
  readonly of: KeyRow;
  readonly onRotated: (secret: string) => void;
}

/** Replacing a key without a gap, and ending one at once. */
export function KeyMenu({ of: { keyId, name }, onRotated }: Props) {
  const { t } = useTranslation('staff');
  const [rotating, rotate] = useDisclosure();
  const [revoking, revoke] = useDisclosure();
  const rotated = useAct('rotateKey', ({ secret }) => onRotated(secret));
  const revoked = useAct('revokeKey', () => tellDone(t('keys.revoke.done', { name })));
  const params = { keyId };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('actsOf', { name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={rotate.open}>{t('keys.rotate.label')}</Menu.Item>
          <Menu.Item color="red" onClick={revoke.open}>
            {t('keys.revoke.label')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmModal
        opened={rotating}
        onClose={rotate.close}
        label={t('keys.rotate.label')}
        title={t('keys.rotate.title', { name })}
        consequence={t('keys.rotate.consequence')}
        color="iris"
        onConfirm={() => rotated.mutateAsync({ params, body: {} })}
      />
      <ConfirmModal
        opened={revoking}
        onClose={revoke.close}
        label={t('keys.revoke.label')}
        title={t('keys.revoke.title', { name })}
        consequence={t('keys.revoke.consequence')}
        reason="optional"
        onConfirm={(reason) => revoked.mutateAsync({ params, body: reason === '' ? {} : { reason } })}
      />
    </>
  );
}
