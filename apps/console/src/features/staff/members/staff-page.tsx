import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useList } from '../../../api/index.ts';
import { type Column, DataTable, Empty, Page, Status, When } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { InvitationShown } from './invitation-shown.tsx';
import { InviteForm } from './invite-form.tsx';
import { MemberMenu } from './member-menu.tsx';
import type { StaffRow } from './row.ts';

/** Who works for the brand, and as what. */
export function StaffPage() {
  const { t } = useTranslation('staff');
  const may = useMay('staff:write');
  const list = useList('listStaff', { query: {} });
  const [opened, { open, close }] = useDisclosure();
  const [invited, setInvited] = useState<Answer<'inviteStaff'>>();
  const columns: Column<StaffRow>[] = [
    { id: 'name', header: t('name'), cell: ({ name }) => name },
    { id: 'email', header: t('email'), cell: ({ email }) => email },
    { id: 'role', header: t('role'), cell: ({ role }) => t(`roles.${role}`, { ns: 'common' }) },
    { id: 'status', header: t('status'), cell: ({ status }) => <Status of={status} />, width: 120 },
    {
      id: 'twoFactor',
      header: t('twoFactor'),
      cell: ({ twoFactor }) => <Status of={twoFactor ? 'on' : 'off'} />,
      width: 150,
    },
    { id: 'since', header: t('since'), cell: ({ createdAt }) => <When at={createdAt} />, width: 130 },
    ...(may
      ? [
          {
            id: 'acts',
            header: t('acts'),
            cell: (member: StaffRow) => <MemberMenu of={member} onInvited={setInvited} />,
            align: 'end',
            width: 70,
          } as const,
        ]
      : []),
  ];
  return (
    <Page
      title={t('title')}
      description={t('description')}
      actions={
        may && (
          <Button leftSection={<IconUserPlus size={16} />} onClick={open}>
            {t('invite.open')}
          </Button>
        )
      }
    >
      <DataTable
        label={t('title')}
        columns={columns}
        list={list}
        rowKey={({ staffId }) => staffId}
        empty={<Empty title={t('empty.title')} hint={t('empty.hint')} />}
      />
      <InviteForm opened={opened} onClose={close} onInvited={setInvited} />
      <InvitationShown of={invited} onClose={() => setInvited(undefined)} />
    </Page>
  );
}
