import { Button, Group, NumberInput, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { send, useAct, useRead } from '../../../api/index.ts';
import {
  ConflictDialog,
  type Editable,
  LeaveGuard,
  SaveBar,
  type Stored,
  useEditable,
} from '../../../kit/editing/index.ts';
import { CampaignPicker, ErrorBox, Loaded, Panel } from '../../../kit/index.ts';
import { oneOf } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { FREEZINGS, type Settings } from '../watched.ts';

type State = Omit<Settings, 'revision'>;

const storedOf = ({ revision, ...state }: Settings): Stored<State> => ({ version: revision, state });

/** When something counts as unusual, and whether a code is then frozen before anybody has looked. */
export function WatchSettings() {
  const settings = useRead('getCodeWatchSettings', {});
  return <Loaded of={settings}>{(data) => <Editor settings={data} />}</Loaded>;
}

function Editor({ settings }: { settings: Settings }) {
  const { t } = useTranslation('codewatch');
  const mayWrite = useMay('risk:write');
  const { mutateAsync } = useAct('setCodeWatchSettings');
  const edited = useEditable<State>({
    stored: storedOf(settings),
    read: async () => storedOf(await send('getCodeWatchSettings', {})),
    write: async (revision, state) => storedOf(await mutateAsync({ body: { ...state, revision } })),
    saved: t('saved'),
  });
  const { state, change } = edited;
  return (
    <Stack maw={720}>
      {edited.error && <ErrorBox error={edited.error} />}
      <Panel
        title={t('settings.title')}
        hint={t('settings.hint')}
        actions={mayWrite && <SaveBar of={edited} />}
      >
        <Stack>
          <Limit name="burstFactor" of={edited} range={[2, 100]} suffix="×" isReadOnly={!mayWrite} />
          <Limit name="minTries" of={edited} range={[5, 1_000_000]} isReadOnly={!mayWrite} />
          <Limit name="strangers" of={edited} range={[2, 1_000]} isReadOnly={!mayWrite} />
          <FreezingSelect
            label={t('settings.freeze')}
            description={t('settings.freezeHint')}
            value={state.freeze}
            isReadOnly={!mayWrite}
            onChange={(freeze) => change({ ...state, freeze })}
          />
          <Campaigns of={edited} isReadOnly={!mayWrite} />
        </Stack>
      </Panel>
      <ConflictDialog of={edited} />
      <LeaveGuard when={edited.isChanged} />
    </Stack>
  );
}

interface LimitProps {
  readonly name: 'burstFactor' | 'minTries' | 'strangers';
  readonly of: Editable<State>;
  readonly range: readonly [least: number, most: number];
  readonly suffix?: string;
  readonly isReadOnly: boolean;
}

function Limit({ name, of: { state, change }, range: [min, max], suffix, isReadOnly }: LimitProps) {
  const { t } = useTranslation('codewatch');
  return (
    <NumberInput
      label={t(`settings.${name}`)}
      description={t(`settings.${name}Hint`)}
      {...{ min, max }}
      {...(suffix === undefined ? {} : { suffix })}
      allowDecimal={false}
      readOnly={isReadOnly}
      maw={320}
      value={state[name]}
      onChange={(value) => typeof value === 'number' && change({ ...state, [name]: value }, name)}
    />
  );
}

interface SelectProps {
  readonly label: string;
  readonly description?: string;
  readonly value: Settings['freeze'];
  readonly isReadOnly: boolean;
  readonly onChange: (freeze: Settings['freeze']) => void;
}

function FreezingSelect({ value, isReadOnly, onChange, ...select }: SelectProps) {
  const { t } = useTranslation('codewatch');
  return (
    <Select
      {...select}
      maw={320}
      data={FREEZINGS.map((one) => ({ value: one, label: t(`freezings.${one}`) }))}
      allowDeselect={false}
      readOnly={isReadOnly}
      value={value}
      onChange={(chosen) => {
        const freeze = oneOf(FREEZINGS, chosen ?? undefined);
        if (freeze) onChange(freeze);
      }}
    />
  );
}

/** Campaigns whose codes are frozen otherwise than those of the brand. */
function Campaigns({ of: { state, change }, isReadOnly }: { of: Editable<State>; isReadOnly: boolean }) {
  const { t } = useTranslation('codewatch');
  const put = (campaigns: State['campaigns']) => change({ ...state, campaigns });
  return (
    <Stack gap="xs">
      <Text fz="sm" fw={500}>
        {t('settings.campaigns')}
      </Text>
      {Object.entries(state.campaigns).map(([campaignId, freeze]) => (
        <Group key={campaignId} gap="xs" align="flex-end">
          <CampaignPicker label={t('campaign')} value={campaignId} readOnly onChange={() => {}} />
          <FreezingSelect
            label={t('settings.freeze')}
            value={freeze}
            isReadOnly={isReadOnly}
            onChange={(next) => put({ ...state.campaigns, [campaignId]: next })}
          />
          {!isReadOnly && (
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconTrash size={15} />}
              onClick={() => {
                const { [campaignId]: _, ...others } = state.campaigns;
                put(others);
              }}
            >
              {t('remove')}
            </Button>
          )}
        </Group>
      ))}
      {!isReadOnly && (
        <CampaignPicker
          aria-label={t('settings.add')}
          placeholder={t('settings.add')}
          leftSection={<IconPlus size={15} />}
          maw={320}
          value={undefined}
          onChange={(campaignId) =>
            campaignId !== undefined && put({ ...state.campaigns, [campaignId]: state.freeze })
          }
        />
      )}
    </Stack>
  );
}
