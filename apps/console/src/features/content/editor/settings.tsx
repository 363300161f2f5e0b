import { Group, NumberInput, Select, SimpleGrid, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationInput, Panel } from '../../../kit/index.ts';
import type { Document, DocumentOf } from '../document/types.ts';
import { ColourFields } from './colour-fields.tsx';
import { useEditor } from './editor-context.ts';
import { errorOf, isAt, Warnings } from './findings.tsx';

/** What a document is set to, beside its texts. */
export function Settings({ document }: { document: Document }) {
  const { t } = useTranslation('content');
  const { change } = useEditor();
  switch (document.channel) {
    case 'popup':
      return <PopupSettings document={document} />;
    case 'inbox':
      return (
        <Panel title={t('settings.title')}>
          <Expiry document={document} />
        </Panel>
      );
    case 'email':
      return (
        <Panel title={t('settings.look')}>
          <ColourFields
            at="colours"
            legend={t('settings.colours')}
            value={document.colours}
            onChange={(colours, about) => change({ ...document, colours }, about)}
          />
        </Panel>
      );
    default:
      return null;
  }
}

const POSITIONS = ['centre', 'bottom', 'corner'] as const;

function PopupSettings({ document }: { document: DocumentOf<'popup'> }) {
  const { t } = useTranslation('content');
  const { change, findings, mayEdit } = useEditor();
  const { theme } = document;
  const setTheme = (patch: Partial<typeof theme>, about?: string) =>
    change({ ...document, theme: { ...theme, ...patch } }, about);
  const { dark, ...withoutDark } = theme;
  return (
    <>
      <Panel title={t('settings.look')}>
        <Stack>
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <Select
              label={t('fields.position')}
              data={POSITIONS.map((value) => ({ value, label: t(`positions.${value}`) }))}
              value={theme.position}
              allowDeselect={false}
              disabled={!mayEdit}
              onChange={(chosen) => {
                const position = POSITIONS.find((one) => one === chosen);
                if (position) setTheme({ position });
              }}
            />
            <NumberInput
              label={t('fields.radius')}
              min={0}
              max={48}
              clampBehavior="strict"
              suffix=" px"
              allowDecimal={false}
              disabled={!mayEdit}
              value={theme.radius}
              onChange={(radius) => typeof radius === 'number' && setTheme({ radius }, 'theme.radius')}
            />
          </SimpleGrid>
          <ColourFields
            at="theme.light"
            legend={t(dark ? 'settings.inLight' : 'settings.colours')}
            value={theme.light}
            onChange={(light, about) => setTheme({ light }, about)}
          />
          <Switch
            label={t('settings.dark')}
            description={t('settings.darkHint')}
            checked={dark !== undefined}
            disabled={!mayEdit}
            onChange={({ currentTarget: { checked } }) =>
              change({
                ...document,
                theme: checked ? { ...theme, dark: darkOf(theme.light) } : withoutDark,
              })
            }
          />
          {dark && (
            <ColourFields
              at="theme.dark"
              legend={t('settings.inDark')}
              value={dark}
              onChange={(next, about) => setTheme({ dark: next }, about)}
            />
          )}
        </Stack>
      </Panel>
      <Panel title={t('settings.title')}>
        <Stack>
          <div data-text="dismissible">
            <Switch
              label={t('fields.dismissible')}
              description={t('hints.dismissible')}
              checked={document.dismissible}
              disabled={!mayEdit}
              error={errorOf(findings.filter(isAt('dismissible')))}
              onChange={({ currentTarget: { checked } }) => change({ ...document, dismissible: checked })}
            />
          </div>
          <WhenShown document={document} />
          <Expiry document={document} />
        </Stack>
      </Panel>
    </>
  );
}

const darkOf = (light: DocumentOf<'popup'>['theme']['light']) => ({
  ...light,
  ...{ background: '#1a1d29', text: '#f1f2f8' },
});

/** The client action that tells of the popup being seen: journeys wait for it. */
function WhenShown({ document }: { document: DocumentOf<'popup'> }) {
  const { t } = useTranslation('content');
  const { change, findings, mayEdit } = useEditor();
  const said = findings.filter(isAt('whenShown'));
  return (
    <div data-text="whenShown">
      <Group align="flex-end" gap="sm">
        <Switch
          label={t('settings.whenShown')}
          description={t('settings.whenShownHint')}
          checked={document.whenShown !== null}
          disabled={!mayEdit}
          onChange={({ currentTarget: { checked } }) =>
            change({ ...document, whenShown: checked ? 'CODE_IS_SHOWN' : null })
          }
        />
        {document.whenShown !== null && (
          <TextInput
            aria-label={t('fields.whenShown')}
            maxLength={64}
            disabled={!mayEdit}
            error={errorOf(said)}
            value={document.whenShown}
            onChange={({ currentTarget: { value } }) =>
              change({ ...document, whenShown: value }, 'whenShown')
            }
          />
        )}
      </Group>
      <Warnings of={said} />
    </div>
  );
}

function Expiry({ document }: { document: DocumentOf<'popup'> | DocumentOf<'inbox'> }) {
  const { t } = useTranslation('content');
  const { change, mayEdit } = useEditor();
  if (!mayEdit)
    return (
      <Text fz="sm">
        {t('fields.expiresAfterMs')}: {t('settings.hours', { count: document.expiresAfterMs / 3_600_000 })}
      </Text>
    );
  return (
    <DurationInput
      label={t('fields.expiresAfterMs')}
      description={t('hints.expiry')}
      value={document.expiresAfterMs / 1_000}
      onChange={(seconds) =>
        seconds !== undefined && change({ ...document, expiresAfterMs: seconds * 1_000 }, 'expiresAfterMs')
      }
    />
  );
}
