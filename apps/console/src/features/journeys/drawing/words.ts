import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useReads } from '../../../api/index.ts';
import { durationText } from '../../../kit/index.ts';
import { dateFormat, numberFormat } from '../../../texts/index.ts';
import { type Definition, type GraphNode, isMessage } from '../graph/types.ts';
import type { Words } from './flow.ts';

const DAY_MS = 86_400_000;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
/** A Monday. */
const FIRST_DAY = Date.UTC(2024, 0, 1);

/** Names of ISO weekdays in the reader's language. */
export const weekdayNames = (style: 'short' | 'long' = 'short'): readonly string[] =>
  WEEK.map((day) => dateFormat({ weekday: style, timeZone: 'UTC' }).format(FIRST_DAY + (day - 1) * DAY_MS));

type Translate = ReturnType<typeof useTranslation<'journeys'>>['t'];

/** Names of the content and campaigns that nodes mention. */
interface Mentioned {
  readonly contents: ReadonlyMap<string, string>;
  readonly campaigns: ReadonlyMap<string, string>;
}

/** Words for nodes and connectors: their names, and in one line what each of them does. */
export function useWords(definition: Definition): Words {
  const { t, i18n } = useTranslation('journeys');
  const mentioned = useMentioned(definition);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the words are the language's
  return useMemo(
    (): Words => ({
      kind: ({ kind }) => t(`kinds.${kind}`),
      title: (_, node) => node.name ?? t(`kinds.${node.kind}`),
      summary: (node) => summaryOf(node, t, mentioned),
      connector: (node, connector) => connectorName(node, connector, t),
      tone: (tone) => t(`tones.${tone}`),
      waiting: (count) => t('canvas.waiting', { count }),
      problems: (count) => t('canvas.problems', { count }),
    }),
    [t, i18n.language, mentioned],
  );
}

export function connectorName(node: GraphNode, connector: string, t: Translate): string {
  if (node.kind !== 'split') return t(`connectors.${connector}`, { defaultValue: connector });
  const variant = node.variants.find(({ id }) => id === connector);
  const share = variant ? ` · ${percentText(variant.bps)}` : '';
  return `${variant?.name ?? connector}${share}`;
}

const percentText = (bps: number): string =>
  numberFormat({ style: 'percent', maximumFractionDigits: 2 }).format(bps / 10_000);

function useMentioned({ nodes }: Definition): Mentioned {
  const ids = idsOf(nodes, (node) => (isMessage(node) ? node.contentId : null));
  const campaigns = idsOf(nodes, (node) =>
    node.kind === 'give_bonus' || node.kind === 'send_code' ? node.campaignId : null,
  );
  const contentReads = useReads(
    'getContent',
    ids.map((contentId) => ({ params: { contentId } })),
  );
  const campaignReads = useReads(
    'getCampaign',
    campaigns.map((campaignId) => ({ params: { campaignId } })),
  );
  const contentNames = contentReads.map((read) => read?.name ?? '').join('\n');
  const campaignNames = campaignReads.map((read) => read?.name ?? '').join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: made anew only when a name is another
  return useMemo(
    () => ({
      contents: new Map(contentReads.flatMap((read) => (read ? [[read.id, read.name]] : []))),
      campaigns: new Map(campaignReads.flatMap((read) => (read ? [[read.id, read.name]] : []))),
    }),
    [contentNames, campaignNames],
  );
}

const idsOf = (nodes: Definition['nodes'], idOf: (node: GraphNode) => string | null): string[] => [
  ...new Set(Object.values(nodes).flatMap((node) => idOf(node) ?? [])),
];

function summaryOf(node: GraphNode, t: Translate, { contents, campaigns }: Mentioned): string {
  if (isMessage(node)) {
    if (node.contentId === null) return t('summary.noContent');
    return contents.get(node.contentId) ?? '';
  }
  switch (node.kind) {
    case 'trigger':
      return triggerSummary(node.on, t);
    case 'wait_event':
      return node.event.name || t('summary.noEvent');
    case 'delay':
      return 'forMs' in node.delay
        ? durationText(node.delay.forMs / 1_000)
        : t('summary.until', { time: node.delay.until.time });
    case 'condition':
      return node.rule || t('summary.noRule');
    case 'split':
      return t('summary.variants', { count: node.variants.length });
    case 'webhook':
      return node.url === '' ? t('summary.noUrl') : `${node.method} ${node.url.replace(/^https?:\/\//, '')}`;
    case 'give_bonus':
    case 'send_code':
      return node.campaignId === null ? t('summary.noCampaign') : (campaigns.get(node.campaignId) ?? '');
    case 'change_property':
      return node.property === '' ? t('summary.noProperty') : `${node.property} = ${node.value}`;
    case 'exit':
      return t('summary.exit');
  }
}

function triggerSummary(on: Extract<GraphNode, { kind: 'trigger' }>['on'], t: Translate): string {
  if (on === null) return t('summary.noTrigger');
  switch (on.source) {
    case 'event':
    case 'client_action':
      return on.name || t('summary.noEvent');
    case 'segment':
      return t('summary.segment');
    case 'schedule':
      return 'cron' in on.times ? t('summary.cron', { cron: on.times.cron }) : t('summary.once');
    case 'api':
      return t('summary.api');
  }
}
