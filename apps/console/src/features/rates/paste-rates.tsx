import { Alert, Button, List, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconAlertTriangle, IconClipboardText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, useAct } from '../../api/index.ts';
import { ErrorBox, FormEnd, tellDone } from '../../kit/index.ts';
import { useMember } from '../../session/index.ts';
import { placeOf, readLines } from './lines.ts';

/** Sets several rates at once, out of a spreadsheet. */
export function PasteRates() {
  const { t } = useTranslation('rates');
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconClipboardText size={16} />} onClick={open}>
        {t('paste.open')}
      </Button>
      <Modal opened={opened} onClose={close} title={t('paste.title')} size="lg" centered>
        <PasteForm onClose={close} />
      </Modal>
    </>
  );
}

/** As many as the server takes at once. */
const MOST = 100;
/** Whoever pasted something else altogether need not be told of every line. */
const MOST_FAULTS = 12;

interface Told {
  readonly line: number;
  readonly reason: string;
}

function PasteForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('rates');
  const { brand, currencies } = useMember();
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const { rates, faults } = readLines(text, {
    own: brand.currency,
    isCurrency: (code) => currencies.has(code),
  });
  const set = useAct('setCurrencyRates', ({ changed }) => {
    tellDone(t('done', { count: changed }));
    onClose();
  });
  const refused = refusedLines(
    set.error,
    rates.map(({ line }) => line),
  );
  const told: readonly Told[] = isAsked
    ? [
        ...faults.map(({ line, kind, what }) => ({ line, reason: t(`paste.faults.${kind}`, { what }) })),
        ...(refused ?? []),
      ]
    : [];
  const total = rates.length + faults.length;
  const wrong = () => {
    if (told.length > 0) return t('paste.wrong', { count: told.length });
    if (!isAsked) return undefined;
    if (total === 0) return t('paste.needsLines');
    return total > MOST ? t('paste.tooMany', { most: MOST, count: total }) : undefined;
  };
  const submit = () => {
    setAsked(true);
    if (faults.length > 0 || total === 0 || total > MOST) return;
    set.mutate({ body: { rates: rates.map(({ day, currency, rate }) => ({ day, currency, rate })) } });
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        <Text fz="sm" c="dimmed">
          {t('paste.hint', { into: brand.currency })}
        </Text>
        <Textarea
          label={t('paste.lines')}
          description={t('paste.linesHint')}
          placeholder={'2026-01-05 USD 0.9273\n2026-01-05 SEK 0.0894'}
          required
          autosize
          minRows={5}
          maxRows={14}
          spellCheck={false}
          data-autofocus
          // Whichever lines are wrong, all of them are to be read.
          styles={{ input: { color: 'var(--mantine-color-text)' } }}
          value={text}
          error={wrong()}
          onChange={(event) => {
            setText(event.currentTarget.value);
            // What the server said was of other lines.
            set.reset();
          }}
        />
        {told.length > 0 && <Faults of={told} />}
        {set.error && refused === undefined && <ErrorBox error={set.error} />}
        <FormEnd submit={t('paste.submit', { count: total })} isBusy={set.isPending} onCancel={onClose} />
      </Stack>
    </form>
  );
}

function Faults({ of }: { of: readonly Told[] }) {
  const { t } = useTranslation('rates');
  const shown = [...of].sort((one, other) => one.line - other.line).slice(0, MOST_FAULTS);
  return (
    <Alert color="red" role="alert" icon={<IconAlertTriangle size={18} />} title={t('paste.nothingSet')}>
      <List fz="sm" spacing={4} style={{ overflowWrap: 'anywhere' }}>
        {shown.map(({ line, reason }) => (
          <List.Item key={line}>
            <b>{t('paste.line', { line })}</b>: {reason}
          </List.Item>
        ))}
      </List>
      {of.length > shown.length && (
        <Text fz="sm" mt={4}>
          {t('paste.more', { count: of.length - shown.length })}
        </Text>
      )}
    </Alert>
  );
}

/** What the server said of lines; undefined where it said something else. */
function refusedLines(error: Error | null, lines: readonly number[]): Told[] | undefined {
  const faults = error instanceof ProblemError ? (error.problem.errors ?? []) : [];
  const told = faults.flatMap(({ field, reason }) => {
    const line = lines[placeOf(field) ?? -1];
    return line === undefined ? [] : [{ line, reason }];
  });
  return told.length > 0 && told.length === faults.length ? told : undefined;
}
