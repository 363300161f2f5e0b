import { Alert, Button, Group, NumberInput, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../../api/index.ts';
import { ErrorBox, tellDone } from '../../../../kit/index.ts';
import { useMay } from '../../../../session/index.ts';
import { separators } from '../../../../texts/index.ts';
import { CampaignCodes } from '../../detail/tabs/campaign-codes.tsx';

interface Props {
  /** Undefined until the campaign is saved: codes are of one that is. */
  readonly campaignId: string | undefined;
  readonly onSave: () => void;
  readonly isSaving: boolean;
}

/** How players ask for it: one code for everybody, or one for each. */
export function CodesStep({ campaignId, onSave, isSaving }: Props) {
  const { t } = useTranslation('campaigns');
  const mayMake = useMay('codes:write');
  if (campaignId === undefined)
    return (
      <Alert title={t('codes.saveFirst')}>
        <Stack gap="sm" align="flex-start">
          <Text fz="sm">{t('codes.saveFirstHint')}</Text>
          <Button onClick={onSave} loading={isSaving}>
            {t('editor.save')}
          </Button>
        </Stack>
      </Alert>
    );
  return (
    <Stack gap="lg">
      {mayMake && <NewCodes campaignId={campaignId} />}
      <CampaignCodes campaignId={campaignId} />
    </Stack>
  );
}

function NewCodes({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const [kind, setKind] = useState('shared');
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t('codes.kind')}
        data={[
          { value: 'shared', label: t('codes.makeShared') },
          { value: 'unique', label: t('codes.makeMany') },
        ]}
        value={kind}
        onChange={setKind}
        style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
        styles={{ label: { whiteSpace: 'normal' } }}
      />
      {kind === 'shared' ? <SharedCode campaignId={campaignId} /> : <ManyCodes campaignId={campaignId} />}
      <Text fz="xs" c="dimmed">
        {t('codes.others')}
      </Text>
    </Stack>
  );
}

const addOnEnter = (add: () => void) => (event: React.KeyboardEvent) => {
  if (event.key !== 'Enter') return;
  // The form around it goes on to the next step.
  event.preventDefault();
  add();
};

function SharedCode({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const [code, setCode] = useState('');
  const [maxUses, setMaxUses] = useState<number>();
  const create = useAct('createCode', ({ code: made }) => {
    tellDone(t('codes.made', { code: made }));
    setCode('');
  });
  const text = code.trim();
  const add = () => {
    if (text === '') return;
    const body = { kind: 'shared', code: text, maxUses: maxUses ?? null } as const;
    create.mutate({ params: { campaignId }, body });
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('codes.text')}
          flex="1 1 200px"
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
          onKeyDown={addOnEnter(add)}
        />
        <NumberInput
          label={t('codes.maxUses')}
          placeholder={t('codes.unlimited')}
          min={1}
          hideControls
          allowDecimal={false}
          w={160}
          value={maxUses ?? ''}
          onChange={(max) => setMaxUses(typeof max === 'number' ? max : undefined)}
          onKeyDown={addOnEnter(add)}
        />
        <Button variant="default" onClick={add} loading={create.isPending} disabled={text === ''}>
          {t('codes.add')}
        </Button>
      </Group>
      {create.error && <ErrorBox error={create.error} />}
    </Stack>
  );
}

const USUAL_COUNT = 10_000;

function ManyCodes({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const [count, setCount] = useState<number | undefined>(USUAL_COUNT);
  const [pattern, setPattern] = useState('');
  const own = pattern.trim() === '' ? {} : { pattern: pattern.trim() };
  const check = useRead('checkCodePattern', { body: { count: count ?? 1, ...own } });
  const create = useAct('createCodeBatch', ({ status }) =>
    tellDone(t(status === 'pending_approval' ? 'codes.batchWaits' : 'codes.batchStarted')),
  );
  const add = () => {
    if (count === undefined) return;
    create.mutate({ params: { campaignId }, body: { kind: 'unique', count, ...own } });
  };
  return (
    <Stack gap="xs">
      <Group align="flex-end" gap="xs">
        <NumberInput
          label={t('codes.count')}
          min={1}
          max={10_000_000}
          hideControls
          allowDecimal={false}
          {...separators()}
          w={160}
          value={count ?? ''}
          onChange={(typed) => setCount(typeof typed === 'number' ? typed : undefined)}
          onKeyDown={addOnEnter(add)}
        />
        <TextInput
          label={t('codes.pattern')}
          placeholder={t('codes.patternOwn')}
          flex="1 1 200px"
          value={pattern}
          onChange={(event) => setPattern(event.currentTarget.value)}
          onKeyDown={addOnEnter(add)}
        />
        <Button variant="default" onClick={add} loading={create.isPending}>
          {t('codes.makeBatch')}
        </Button>
      </Group>
      {check.data && (
        <Text fz="xs" c="dimmed">
          {t('codes.strength', { bits: Math.round(check.data.strength.bits) })}
        </Text>
      )}
      {check.error && <ErrorBox error={check.error} />}
      {create.error && <ErrorBox error={create.error} />}
    </Stack>
  );
}
