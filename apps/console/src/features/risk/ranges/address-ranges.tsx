import { Alert, List, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, Empty, Facts, Loaded, Panel, When } from '../../../kit/index.ts';
import { nameFormat, useSay } from '../../../texts/index.ts';

type Ranges = Answer<'getAddressRanges'>;

const TYPING_MS = 300;
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f]*:[\da-f:.]+)$/i;

/** What is known of networks, and whether the file it is from could be read. */
export function AddressRanges() {
  const { t } = useTranslation('risk');
  const ranges = useRead('getAddressRanges', { query: {} });
  return (
    <Loaded of={ranges}>
      {(told) =>
        told.isConfigured ? (
          <Stack maw={720}>
            <Status of={told} />
            <LookUp />
          </Stack>
        ) : (
          <Empty title={t('ranges.none')} hint={t('ranges.noneHint')} />
        )
      }
    </Loaded>
  );
}

function Status({
  of: { lines, byKind, countries, loadedAt, changedAt, faults, faultCount },
}: {
  of: Ranges;
}) {
  const { t } = useTranslation('risk');
  const say = useSay();
  return (
    <Panel title={t('ranges.title')} hint={t('ranges.hint')}>
      <Stack>
        <Facts
          of={[
            [t('ranges.ipv4'), <Count key="4" of={lines.ipv4} />],
            [t('ranges.ipv6'), <Count key="6" of={lines.ipv6} />],
            ...Object.entries(byKind).map(
              ([kind, count]) => [t(`ranges.kinds.${kind}`), <Count key={kind} of={count} />] as const,
            ),
            [t('ranges.countries'), <Count key="c" of={countries} />],
            [t('ranges.loadedAt'), <When key="l" at={loadedAt} style="full" />],
            [t('ranges.changedAt'), <When key="f" at={changedAt} style="full" />],
          ]}
        />
        {faultCount > 0 && (
          <Alert color="yellow" title={t('ranges.faults', { count: faultCount })}>
            <List fz="sm">
              {faults.map(({ line, reason }) => (
                <List.Item key={`${line} ${reason}`}>
                  {line !== null && `${t('ranges.line', { line })}: `}
                  {say(reason)}
                </List.Item>
              ))}
            </List>
          </Alert>
        )}
      </Stack>
    </Panel>
  );
}

/** What is known of one address. */
function LookUp() {
  const { t } = useTranslation('risk');
  const [typed, setTyped] = useState('');
  const [ip] = useDebouncedValue(typed.trim(), TYPING_MS);
  const isAddress = ADDRESS.test(ip);
  const answer = useRead('getAddressRanges', { query: { ip } }, { enabled: isAddress });
  const looked = isAddress ? answer.data?.looked : undefined;
  return (
    <Panel title={t('ranges.lookUp')}>
      <Stack gap="sm">
        <TextInput
          label={t('ranges.address')}
          placeholder="203.0.113.7"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        {looked && (
          <Text fz="sm" role="status">
            {looked.kinds.length === 0 && looked.country === null
              ? t('ranges.unknown')
              : [
                  ...looked.kinds.map((kind) => t(`ranges.kinds.${kind}`)),
                  ...(looked.country === null
                    ? []
                    : [nameFormat({ type: 'region' }).of(looked.country) ?? looked.country]),
                ].join(', ')}
          </Text>
        )}
      </Stack>
    </Panel>
  );
}
