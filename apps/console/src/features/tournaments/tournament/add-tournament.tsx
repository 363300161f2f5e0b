import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { tellDone } from '../../../kit/index.ts';
import { TournamentForm } from './tournament-form.tsx';

export function AddTournament() {
  const { t } = useTranslation('tournaments');
  const [opened, { open, close }] = useDisclosure();
  const navigate = useNavigate();
  const create = useAct('createTournament', ({ id }) => {
    tellDone(t('tournament.made'));
    void navigate({ to: '/tournaments/$tournamentId', params: { tournamentId: id } });
  });
  const { error, isPending } = create;
  return (
    <>
      <Button onClick={open}>{t('tournament.add')}</Button>
      <Modal opened={opened} onClose={close} title={t('tournament.add')} centered>
        <TournamentForm
          submit={t('tournament.add')}
          save={{ error, isPending, mutate: (body, tell) => create.mutate({ body }, tell) }}
          onCancel={close}
        />
      </Modal>
    </>
  );
}
