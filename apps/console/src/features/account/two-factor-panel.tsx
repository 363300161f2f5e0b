import { Button, Center, Code, Group, Modal, PinInput, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { QRCodeSVG } from 'qrcode.react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct } from '../../api/index.ts';
import { Copyable, ErrorBox, Panel, SecretInput, Status, tellDone } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';

export function TwoFactorPanel() {
  const { t } = useTranslation('account');
  const { session } = useMember();
  const [opened, { open, close }] = useDisclosure();
  return (
    <Panel title={t('twoFactor.title')} hint={t('twoFactor.hint')}>
      <Group justify="space-between">
        <Status of={session.twoFactor ? 'on' : 'off'} />
        <Button variant="default" onClick={open}>
          {t(session.twoFactor ? 'twoFactor.stop' : 'twoFactor.start')}
        </Button>
      </Group>
      <Modal opened={opened} onClose={close} title={t('twoFactor.title')} centered>
        {session.twoFactor ? <Stop onDone={close} /> : <Start onDone={close} />}
      </Modal>
    </Panel>
  );
}

function Start({ onDone }: { onDone: () => void }) {
  const [made, setMade] = useState<Answer<'startTwoFactor'>>();
  return made ? (
    <Confirm made={made} onDone={onDone} />
  ) : (
    <AskPassword id="startTwoFactor" onDone={setMade} />
  );
}

function Stop({ onDone }: { onDone: () => void }) {
  return <AskPassword id="stopTwoFactor" onDone={onDone} />;
}

function AskPassword<Id extends 'startTwoFactor' | 'stopTwoFactor'>({
  id,
  onDone,
}: {
  id: Id;
  onDone: (answer: Answer<Id>) => void;
}) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const act = useAct<'startTwoFactor' | 'stopTwoFactor'>(id, (answer) => onDone(answer as Answer<Id>));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        act.mutate({ body: { password } });
      }}
    >
      <Stack>
        {act.error && <ErrorBox error={act.error} />}
        <SecretInput
          label={t('password.current')}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={act.isPending}>
          {t(id === 'startTwoFactor' ? 'twoFactor.start' : 'twoFactor.stop')}
        </Button>
      </Stack>
    </form>
  );
}

/** The secret as a picture and as text, and the backup codes, which are shown this once. */
function Confirm({ made, onDone }: { made: Answer<'startTwoFactor'>; onDone: () => void }) {
  const { t } = useTranslation('account');
  const confirm = useAct('confirmTwoFactor', () => {
    tellDone(t('twoFactor.done'));
    onDone();
  });
  const secret = new URL(made.totpUri).searchParams.get('secret') ?? '';
  return (
    <Stack>
      <Text fz="sm">{t('twoFactor.scan')}</Text>
      <Center bg="white" p="md" bdrs="md">
        <QRCodeSVG value={made.totpUri} size={168} />
      </Center>
      <Copyable text={secret} />
      <Text fz="sm">{t('twoFactor.backup')}</Text>
      <Code block>{made.backupCodes.join('\n')}</Code>
      {confirm.error && <ErrorBox error={confirm.error} />}
      <Text fz="sm">{t('twoFactor.confirm')}</Text>
      <PinInput
        length={6}
        type="number"
        oneTimeCode
        aria-label={t('twoFactor.code')}
        onComplete={(code) => confirm.mutate({ body: { code } })}
      />
    </Stack>
  );
}
