import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../../api/index.ts';
import { tellDone } from '../../../kit/index.ts';
import { TournamentForm, type TournamentValues } from './tournament-form.tsx';

type Tournament = Answer<'getTournament'>;

/** Changes a tournament while it is open. */
export function EditTournament({ of: tournament }: { of: Tournament }) {
  const { t } = useTranslation('tournaments');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button onClick={open}>{t('edit')}</Button>
      <Modal opened={opened} onClose={close} title={t('tournament.change')} centered>
        <EditForm of={tournament} onDone={close} />
      </Modal>
    </>
  );
}

function EditForm({ of: tournament, onDone }: { of: Tournament; onDone: () => void }) {
  const { t } = useTranslation('tournaments');
  // As it was when the form opened: it is read again meanwhile.
  const [before] = useState(tournament);
  const params = { tournamentId: before.id };
  const update = useAct('updateTournament', () => {
    tellDone(t('saved'));
    onDone();
  });
  const { error, isPending } = update;
  return (
    <TournamentForm
      initial={before}
      submit={t('save')}
      save={{
        ...{ error, isPending },
        mutate: (values, tell) => update.mutate({ params, body: changesOf(before, values) }, tell),
      }}
      onCancel={onDone}
    />
  );
}

/** Only what is another: a colleague may have changed the rest meanwhile. */
const changesOf = (
  before: TournamentValues,
  { name, startsAt, endsAt, seats }: TournamentValues,
): Partial<Omit<TournamentValues, 'key'>> => ({
  ...(name === before.name ? {} : { name }),
  ...(startsAt === before.startsAt ? {} : { startsAt }),
  ...(endsAt === before.endsAt ? {} : { endsAt }),
  ...(seats === before.seats ? {} : { seats }),
});
