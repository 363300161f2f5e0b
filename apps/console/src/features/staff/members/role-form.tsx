import { Modal, Radio, Stack } from '@mantine/core';
import type { Role } from '@promosmith/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../../kit/index.ts';
import { ROLE_NAMES } from './roles.ts';
import type { StaffRow } from './row.ts';

interface Props {
  readonly of: StaffRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

export function RoleForm({ of: { staffId, name, role: now }, opened, onClose }: Props) {
  const { t } = useTranslation('staff');
  const [role, setRole] = useState<Role>(now);
  const change = useAct('changeRole', () => {
    tellDone(t('changeRole.done', { name }));
    onClose();
  });
  return (
    <Modal opened={opened} onClose={onClose} title={t('changeRole.title', { name })} centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate({ params: { staffId }, body: { role } });
        }}
      >
        <Stack>
          {change.error && <ErrorBox error={change.error} />}
          <Radio.Group label={t('role')} value={role} onChange={(value) => setRole(value as Role)}>
            <Stack gap="xs" mt="xs">
              {ROLE_NAMES.map((value) => (
                <Radio
                  key={value}
                  value={value}
                  label={t(`roles.${value}`, { ns: 'common' })}
                  description={t(`duties.${value}`)}
                />
              ))}
            </Stack>
          </Radio.Group>
          <FormEnd submit={t('save')} isBusy={change.isPending} onCancel={onClose} disabled={role === now} />
        </Stack>
      </form>
    </Modal>
  );
}
