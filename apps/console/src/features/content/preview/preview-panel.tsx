import { ActionIcon, Group, SegmentedControl, Select, SimpleGrid, Stack, Text, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconDeviceDesktop, IconDeviceMobile, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { ErrorBox, Panel, PlayerPicker } from '../../../kit/index.ts';
import { localeName } from '../../../kit/locale-name.ts';
import { useMay } from '../../../session/index.ts';
import { useEditor } from '../editor/editor-context.ts';
import { earlierEvents } from './earlier-events.ts';
import { Shown } from './shown.tsx';
import { exampleOf, type Preview } from './use-preview.ts';

const TYPING_MS = 300;

/** The document as a player would get it, at every change. Nothing is sent, and no code is drawn. */
export function PreviewPanel({ preview }: { preview: Preview }) {
  const { t } = useTranslation('content');
  const maySeePlayers = useMay('players:read');
  const { document } = useEditor();
  const { player, locale, device, isDark, event, events, set } = preview;
  const body = {
    document,
    event: exampleOf(event),
    events: earlierEvents(document, events),
    ...(player.trim() === '' ? {} : { player: player.trim() }),
    ...(locale === undefined ? {} : { locale }),
  };
  const [asked] = useDebouncedValue(body, TYPING_MS);
  const answer = useRead('previewContent', { body: asked });
  const locales = [document.locale, ...Object.keys(document.translations)];
  const hasDark = document.channel === 'popup' && document.theme.dark !== undefined;
  return (
    <Panel
      title={t('preview.title')}
      actions={
        <>
          {hasDark && (
            <Tooltip label={t(isDark ? 'preview.light' : 'preview.dark')}>
              <ActionIcon
                variant="default"
                size="md"
                aria-label={t(isDark ? 'preview.light' : 'preview.dark')}
                onClick={() => set({ isDark: !isDark })}
              >
                {isDark ? <IconSun size={15} /> : <IconMoon size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
          <SegmentedControl
            size="xs"
            aria-label={t('preview.device')}
            data={[
              { value: 'phone', label: <Device of={IconDeviceMobile} name={t('preview.phone')} /> },
              { value: 'desktop', label: <Device of={IconDeviceDesktop} name={t('preview.desktop')} /> },
            ]}
            value={device}
            onChange={(value) => set({ device: value === 'phone' ? 'phone' : 'desktop' })}
          />
        </>
      }
    >
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="xs">
          {maySeePlayers && (
            <PlayerPicker
              size="xs"
              label={t('preview.player')}
              placeholder={t('preview.example')}
              value={player}
              onChange={(value) => set({ player: value })}
            />
          )}
          <Select
            size="xs"
            label={t('preview.language')}
            placeholder={t('preview.playersOwn')}
            data={locales.map((value) => ({ value, label: localeName(value) }))}
            value={locale ?? null}
            clearable
            onChange={(value) => set({ locale: value ?? undefined })}
          />
        </SimpleGrid>
        <Select
          size="xs"
          label={t('preview.event')}
          placeholder={t('preview.noEvent')}
          data={events.map(({ key }) => ({ value: key, label: key.slice(key.indexOf(':') + 1) }))}
          value={event?.key ?? null}
          searchable
          clearable
          onChange={(value) => set({ eventKey: value ?? undefined })}
        />
        {answer.error ? (
          <ErrorBox error={answer.error} />
        ) : (
          answer.data && <Shown answer={answer.data} device={device} isDark={isDark && hasDark} />
        )}
        <Text fz="xs" c="dimmed">
          {t('preview.means')}
        </Text>
      </Stack>
    </Panel>
  );
}

const Device = ({ of: IconOf, name }: { of: typeof IconDeviceMobile; name: string }) => (
  <Group gap={5} wrap="nowrap">
    <IconOf size={14} aria-hidden />
    {name}
  </Group>
);
