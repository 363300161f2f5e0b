import { Alert, Badge, Code, Collapse, Group, List, Stack, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Rendered } from '../document/types.ts';
import drawing from '../drawing/drawing.module.css';
import { Message } from '../drawing/message.tsx';
import { Scaled } from '../drawing/scaled.tsx';
import { useTextName } from '../editor/use-text-name.ts';
import type { Device } from './use-preview.ts';

const PHONE = { width: 390, height: 700 };
const DESKTOP = { width: 1_080, height: 700 };

interface Props {
  readonly answer: Answer<'previewContent'>;
  readonly device: Device;
  readonly isDark: boolean;
}

/** What came out: the message on its device, or why there is none. */
export function Shown({ answer: { rendered, problems, sms }, device, isDark }: Props) {
  const { t } = useTranslation('content');
  const nameOf = useTextName();
  const say = useSay();
  if (!rendered)
    return (
      <Alert color="red" title={t('preview.cannot')}>
        <List fz="sm" spacing={4}>
          {problems.map(({ text, message }) => (
            <List.Item key={`${text} ${message}`}>
              <b>{nameOf(text)}</b>: {say(message)}
            </List.Item>
          ))}
        </List>
      </Alert>
    );
  return (
    <Stack gap="xs">
      <figure style={{ margin: 0 }} aria-label={t('preview.label')}>
        {device === 'phone' ? (
          <div className={drawing.phone} style={{ maxWidth: 316 }}>
            <Scaled {...PHONE}>
              <Message of={rendered} isDark={isDark} />
            </Scaled>
          </div>
        ) : (
          <div className={drawing.desktop}>
            <div className={drawing.bar} aria-hidden>
              <span />
              <span />
              <span />
            </div>
            <Scaled {...DESKTOP}>
              <Message of={rendered} isDark={isDark} />
            </Scaled>
          </div>
        )}
      </figure>
      {sms && (
        <Group gap={6}>
          <Badge variant="light" tt="none" radius="sm">
            {t('preview.segments', { count: sms.segments })}
          </Badge>
          <Text fz="xs" c="dimmed">
            {t(sms.encoding === 'gsm7' ? 'preview.gsm7' : 'preview.ucs2')}
          </Text>
        </Group>
      )}
      <Beside of={rendered} />
    </Stack>
  );
}

/** What comes with a message, and is not seen on it. */
function Beside({ of }: { of: Rendered }) {
  const { t } = useTranslation('content');
  if (of.channel === 'popup' && of.whenShown)
    return (
      <Text fz="xs" c="dimmed">
        {t('preview.raises')} <Code fz="xs">{of.whenShown.action}</Code>
        {of.whenShown.data.code !== undefined && (
          <>
            {' '}
            · <Code fz="xs">event.code = {of.whenShown.data.code}</Code>
          </>
        )}
      </Text>
    );
  if (of.channel === 'email') return <PlainText subject={of.subject} text={of.text} />;
  return null;
}

function PlainText({ subject, text }: { subject: string; text: string }) {
  const { t } = useTranslation('content');
  const [opened, { toggle }] = useDisclosure();
  return (
    <Stack gap={4}>
      <Text fz="sm">
        <b>{t('fields.subject')}:</b> {subject}
      </Text>
      <UnstyledButton onClick={toggle} aria-expanded={opened}>
        <Text fz="xs" c="dimmed" td="underline">
          {t('preview.plain')}
        </Text>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Code block tabIndex={0} style={{ whiteSpace: 'pre-wrap' }}>
          {text}
        </Code>
      </Collapse>
    </Stack>
  );
}
