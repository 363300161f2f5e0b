import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDots } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { ConfirmModal, tellDone, tellFailed } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import { RoleForm } from './role-form.tsx';
import type { StaffRow } from './row.ts';

interface Props {
  readonly of: StaffRow;
  readonly onInvited: (invited: Answer<'renewInvitation'>) => void;
}

/** What may be done with a member of staff; nobody changes or suspends themselves. */
export function MemberMenu({ of: member, onInvited }: Props) {
  const { t } = useTranslation('staff');
  const { session } = useMember();
  const [changing, change] = useDisclosure();
  const [suspending, suspend] = useDisclosure();
  const renew = useAct('renewInvitation', onInvited);
  const suspended = useAct('suspendStaff', () => tellDone(t('suspend.done', { name: member.name })));
  const reactivate = useAct('reactivateStaff', () => tellDone(t('reactivate.done', { name: member.name })));
  const params = { staffId: member.staffId };
  if (member.staffId === session.staffId) return null;
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={t('actsOf', { name: member.name })}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={change.open}>{t('changeRole.open')}</Menu.Item>
          {member.status === 'invited' && (
            <Menu.Item onClick={() => renew.mutate({ params }, { onError: tellFailed })}>
              {t('invite.again')}
            </Menu.Item>
          )}
          {member.status === 'suspended' ? (
            <Menu.Item onClick={() => reactivate.mutate({ params, body: {} }, { onError: tellFailed })}>
              {t('reactivate.label')}
            </Menu.Item>
          ) : (
            <Menu.Item color="red" onClick={suspend.open}>
              {t('suspend.label')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <RoleForm of={member} opened={changing} onClose={change.close} />
      <ConfirmModal
        opened={suspending}
        onClose={suspend.close}
        label={t('suspend.label')}
        title={t('suspend.title', { name: member.name })}
        consequence={t('suspend.consequence')}
        reason="optional"
        onConfirm={(reason) => suspended.mutateAsync({ params, body: reason === '' ? {} : { reason } })}
      />
    </>
  );
}
