import { Autocomplete, Button, SegmentedControl, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../../../api/index.ts';
import { tellDone, tellFailed } from '../../../../kit/index.ts';
import { RuleField } from '../../../../kit/inserts/index.ts';
import { useFaults } from '../faults.ts';
import { type Source, useEventFields, useEvents } from './known.ts';

interface Match {
  readonly source: Source;
  readonly name: string;
  readonly filter: string | null;
}

interface Props {
  readonly nodeId: string | null;
  /** Where it stands in the node, or in the settings. */
  readonly field: string;
  readonly value: Match;
  readonly onChange: (match: Match, about?: string) => void;
  /** Leaves out the choice between events and client actions: something else has made it. */
  readonly fixedSource?: boolean;
}

/** What is to happen: an event or client action by its name, and a rule about what it carries. */
export function EventMatchFields({ nodeId, field, value, onChange, fixedSource = false }: Props) {
  const { t } = useTranslation('journeys');
  const faultOf = useFaults(nodeId);
  const events = useEvents(value.source);
  const fields = useEventFields(value.source, value.name);
  const names = events.map(({ key }) => key.slice(value.source.length + 1));
  const isUnknownAction =
    value.source === 'client_action' && value.name !== '' && !names.includes(value.name);
  return (
    <Stack gap="sm">
      {!fixedSource && (
        <SegmentedControl
          size="xs"
          aria-label={t('fields.source')}
          value={value.source}
          onChange={(source) => onChange({ source: source as Source, name: '', filter: value.filter })}
          data={[
            { value: 'event', label: t('fields.sources.event') },
            { value: 'client_action', label: t('fields.sources.client_action') },
          ]}
        />
      )}
      <Autocomplete
        label={t(`fields.sources.${value.source}`)}
        placeholder={value.source === 'event' ? 'deposit.succeeded' : 'CODE_IS_SHOWN'}
        data={names}
        maxDropdownHeight={260}
        value={value.name}
        error={faultOf(`${field}.name`)}
        onChange={(name) => onChange({ ...value, name }, `${field}.name`)}
      />
      {isUnknownAction && <RegisterAction name={value.name} />}
      <RuleField
        label={t('fields.filter')}
        description={t('fields.filterHint')}
        value={value.filter ?? ''}
        eventFields={fields}
        error={faultOf(`${field}.filter`)}
        onChange={(rule) => onChange({ ...value, filter: rule === '' ? null : rule }, `${field}.filter`)}
      />
    </Stack>
  );
}

/** A client action that was not seen yet can be made known by hand. */
function RegisterAction({ name }: { name: string }) {
  const { t } = useTranslation('journeys');
  const register = useAct('putEventProperties', () => tellDone(t('fields.registered', { name })));
  return (
    <Button
      variant="light"
      size="xs"
      leftSection={<IconPlus size={14} />}
      loading={register.isPending}
      onClick={() =>
        register.mutate(
          { params: { eventKey: `client_action:${name}` }, body: {} },
          { onError: (error) => tellFailed(error) },
        )
      }
    >
      {t('fields.register', { name })}
    </Button>
  );
}
