import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../api/index.ts';
import { tellDone } from '../../../kit/index.ts';
import { EmailForm } from './email-form.tsx';
import type { Channel, FormProps, Settings } from './kinds.ts';
import { PushForm } from './push-form.tsx';
import { SmppForm } from './smpp-form.tsx';
import { SmsGatewayForm } from './sms-gateway-form.tsx';
import { TelegramForm } from './telegram-form.tsx';

interface Props {
  readonly channel: Channel;
  readonly of: Settings | undefined;
  readonly onReceiptUrl: (url: string | null) => void;
  readonly onDone: () => void;
}

/** Connects a channel, or changes how it is reached. */
export function ChannelForm({ channel, of: settings, onReceiptUrl, onDone }: Props) {
  const { t } = useTranslation('integrations');
  const put = useAct('putChannelConnection', ({ receiptUrl }) => {
    tellDone(t('saved'));
    onDone();
    onReceiptUrl(receiptUrl);
  });
  const { error, isPending } = put;
  const save: FormProps<'smtp'>['save'] = {
    ...{ error, isPending },
    mutate: (body, tell) => put.mutate({ params: { channel }, body }, tell),
  };
  const there = <Kind extends Settings['kind']>(kind: Kind) =>
    settings?.kind === kind ? (settings as Extract<Settings, { kind: Kind }>) : undefined;
  switch (channel) {
    case 'email':
      return <EmailForm of={there('smtp')} save={save} onCancel={onDone} />;
    case 'push':
      return <PushForm of={there('vapid')} save={save} onCancel={onDone} />;
    case 'telegram':
      return <TelegramForm of={there('telegram')} save={save} onCancel={onDone} />;
    case 'sms':
      return (
        <SmsForm
          begin={settings?.kind === 'smpp' ? 'smpp' : 'http'}
          smpp={<SmppForm of={there('smpp')} save={save} onCancel={onDone} />}
          http={<SmsGatewayForm of={there('http')} save={save} onCancel={onDone} />}
        />
      );
  }
}

type SmsKind = 'http' | 'smpp';

function SmsForm({ begin, ...forms }: { begin: SmsKind } & Record<SmsKind, React.ReactNode>) {
  const { t } = useTranslation('integrations');
  const [kind, setKind] = useState<SmsKind>(begin);
  return (
    <Stack>
      <SegmentedControl
        aria-label={t('sms.kind')}
        value={kind}
        onChange={setKind}
        data={(['http', 'smpp'] as const).map((value) => ({ value, label: t(`sms.kinds.${value}`) }))}
      />
      {forms[kind]}
    </Stack>
  );
}
