import { Collapse, Timeline as Line, Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  type Icon,
  IconAlertTriangle,
  IconArrowRight,
  IconCircle,
  IconFlag,
  IconLogin2,
  IconLogout2,
  IconMail,
  IconSettings,
  IconWebhook,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { JsonText, When } from '../../../kit/index.ts';
import { useSay } from '../../../texts/index.ts';
import type { Words } from '../drawing/flow.ts';
import type { Definition } from '../graph/types.ts';

type Entry = Answer<'getJourneyEnrolment'>['timeline'][number];

const ICONS: Readonly<Record<string, Icon>> = {
  entered: IconLogin2,
  'visit.began': IconCircle,
  'visit.left': IconArrowRight,
  'webhook.called': IconWebhook,
  'action.failed': IconAlertTriangle,
  'action.retrying': IconAlertTriangle,
  converted: IconFlag,
  ended: IconLogout2,
};
const iconOf = (what: string): Icon => ICONS[what] ?? (what.startsWith('message.') ? IconMail : IconSettings);

interface Props {
  readonly entries: readonly Entry[];
  readonly definition: Definition;
  readonly words: Words;
}

/** All that happened to the player here, in order of time. */
export function Timeline({ entries, definition, words }: Props) {
  const { t } = useTranslation('journeys');
  return (
    <Line bulletSize={22} lineWidth={2} active={entries.length} aria-label={t('enrolment.timeline')}>
      {entries.map((entry, index) => {
        const IconOf = iconOf(entry.what);
        return (
          <Line.Item
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
            key={index}
            mt={index === 0 ? 0 : 14}
            bullet={<IconOf size={12} />}
            title={<What {...{ entry, definition, words }} />}
          >
            <Text fz="xs" c="dimmed">
              <When at={entry.at} style="full" />
            </Text>
            <Details of={entry} />
          </Line.Item>
        );
      })}
    </Line>
  );
}

/** The entry in one line: what happened, and at which node. */
function What({ entry, definition, words }: { entry: Entry; definition: Definition; words: Words }) {
  const { t } = useTranslation('journeys');
  const { what, nodeId, data } = entry;
  const node = nodeId === null ? undefined : definition.nodes[nodeId];
  const name = nodeId === null ? '' : node ? words.title(nodeId, node) : nodeId;
  const connector = typeof data.connector === 'string' ? data.connector : undefined;
  const by = connector === undefined ? '' : node ? words.connector(node, connector) : connector;
  const reason = typeof data.reason === 'string' ? data.reason : undefined;
  return (
    <Text fz="sm" fw={500}>
      {t(`timeline.${what}`, { node: name, by, defaultValue: what })}
      {by !== '' && ` · ${by}`}
      {name !== '' && (
        <Text span c="dimmed" inherit fw={400}>
          {' '}
          {name}
        </Text>
      )}
      {reason !== undefined && (
        <Text span c="dimmed" inherit fw={400}>
          {' '}
          ({t(`reasons.${reason}`, { defaultValue: reason.replaceAll('_', ' ') })})
        </Text>
      )}
    </Text>
  );
}

/** Calls and failures say more than a line can hold. */
const TELLING: ReadonlySet<string> = new Set(['webhook.called', 'action.failed', 'action.retrying']);

function Details({ of: { what, data } }: { of: Entry }) {
  const { t } = useTranslation('journeys');
  const say = useSay();
  const [opened, { toggle }] = useDisclosure();
  const lastError = typeof data.lastError === 'string' ? data.lastError : undefined;
  if (!TELLING.has(what) && !what.startsWith('message.')) return null;
  return (
    <>
      {lastError !== undefined && (
        <Text fz="xs" c="red">
          {say(lastError)}
        </Text>
      )}
      <UnstyledButton fz="xs" c="dimmed" td="underline" aria-expanded={opened} onClick={toggle}>
        {t('timeline.details')}
      </UnstyledButton>
      <Collapse expanded={opened}>
        <JsonText of={data} label={t('timeline.details')} />
      </Collapse>
    </>
  );
}
