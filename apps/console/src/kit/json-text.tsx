import { ActionIcon, Box, Code, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** What programs said to each other, as they said it: objects are indented, texts stay as they are. */
export function JsonText({ of, label }: { of: unknown; label: string }) {
  const { t } = useTranslation();
  const text = typeof of === 'string' ? pretty(of) : JSON.stringify(of, null, 2);
  return (
    <Box pos="relative">
      <Code block tabIndex={0} role="region" aria-label={label} mah={420} style={{ overflow: 'auto' }}>
        {text}
      </Code>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('copied') : t('copy')}>
            <ActionIcon
              pos="absolute"
              top={6}
              right={6}
              variant="default"
              size="sm"
              aria-label={t('copyOf', { text: label })}
              onClick={copy}
            >
              {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Box>
  );
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
