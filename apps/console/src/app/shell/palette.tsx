import '@mantine/spotlight/styles.css';
import { useDebouncedValue } from '@mantine/hooks';
import { Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from '@mantine/spotlight';
import type { SearchHit, SearchKind } from '@promosmith/contract';
import {
  type Icon,
  IconActivity,
  IconGift,
  IconRoute,
  IconSearch,
  IconSpeakerphone,
  IconTag,
  IconTemplate,
  IconTicket,
  IconUser,
} from '@tabler/icons-react';
import { type LinkProps, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api/index.ts';
import { useMember } from '../../session/index.ts';
import { WINGS } from './navigation.ts';

const TYPING_MS = 150;

/** The page of what was found. */
const PAGES: Readonly<Record<SearchKind, { readonly icon: Icon; readonly to: (id: string) => LinkProps }>> = {
  player: { icon: IconUser, to: (externalId) => ({ to: '/players/$externalId', params: { externalId } }) },
  code: { icon: IconTicket, to: (codeId) => ({ to: '/codes/$codeId', params: { codeId } }) },
  campaign: {
    icon: IconSpeakerphone,
    to: (campaignId) => ({ to: '/campaigns/$campaignId', params: { campaignId } }),
  },
  activation: {
    icon: IconActivity,
    to: (activationId) => ({ to: '/activations/$activationId', params: { activationId } }),
  },
  grant: { icon: IconGift, to: (grantId) => ({ to: '/bonuses/$grantId', params: { grantId } }) },
  journey: { icon: IconRoute, to: (journeyId) => ({ to: '/journeys/$journeyId', params: { journeyId } }) },
  content: { icon: IconTemplate, to: (contentId) => ({ to: '/content/$contentId', params: { contentId } }) },
  label: { icon: IconTag, to: (labelName) => ({ to: '/labels/$labelName', params: { labelName } }) },
};

/** Rooms by their names, and whatever the server finds by name, id, e-mail or code. */
export function Palette() {
  const { t } = useTranslation();
  const { may } = useMember();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const [q] = useDebouncedValue(query.trim(), TYPING_MS);
  const found = useRead('search', { body: { q } }, { enabled: q !== '' });
  const go = (link: LinkProps) => void navigate(link as Parameters<typeof navigate>[0]);

  // What the server tells beside a name is one of its own words, or somebody's.
  const wordFor = (detail: string) =>
    /^[a-z_]+$/.test(detail)
      ? t([`states.${detail}`, `channels.${detail}`, `kinds.${detail}`], { defaultValue: detail })
      : detail;

  const hits = q === '' ? [] : (found.data?.items ?? []);
  const groups: SpotlightActionGroupData[] = [...Map.groupBy(hits, ({ kind }) => kind)].map(
    ([kind, ofKind]) => ({
      group: t(`found.${kind}`),
      actions: ofKind.map((hit) => actionOf(hit, wordFor, go)),
    }),
  );
  const rooms = WINGS.map(({ name, rooms: inWing }) => ({
    group: t(`wings.${name}`),
    actions: inWing
      .filter(({ permission }) => may(permission))
      .map(({ name: room, to, icon: IconOf }) => ({
        id: room,
        label: t(`rooms.${room}`),
        leftSection: <IconOf size={18} stroke={1.6} />,
        onClick: () => go({ to } as LinkProps),
      })),
  }));
  return (
    <Spotlight
      query={query}
      onQueryChange={setQuery}
      actions={[...groups, ...rooms]}
      filter={(typed) => [...groups, ...matching(typed, rooms)]}
      nothingFound={t(found.isFetching ? 'shell.searching' : 'shell.nothingFound')}
      highlightQuery
      scrollable
      maxHeight={460}
      shortcut={null}
      searchProps={{
        leftSection: <IconSearch size={18} />,
        placeholder: t('shell.searchHint'),
        'aria-label': t('shell.search'),
      }}
    />
  );
}

function actionOf(
  { kind, id, title, detail, player }: SearchHit,
  wordFor: (detail: string) => string,
  go: (link: LinkProps) => void,
): SpotlightActionData {
  const { icon: IconOf, to } = PAGES[kind];
  const description = [detail && wordFor(detail), player]
    .filter((text) => text !== null && text !== title)
    .join(' · ');
  return {
    id: `${kind} ${id}`,
    label: title,
    ...(description === '' ? {} : { description }),
    leftSection: <IconOf size={18} stroke={1.6} />,
    onClick: () => go(to(id)),
  };
}

/** Rooms whose name has what was typed; what the server found is what was typed already. */
function matching(
  typed: string,
  rooms: readonly { group: string; actions: SpotlightActionData[] }[],
): SpotlightActionGroupData[] {
  const text = typed.trim().toLowerCase();
  return rooms
    .map(({ group, actions }) => ({
      group,
      actions: actions.filter(({ label }) => label?.toLowerCase().includes(text)),
    }))
    .filter(({ actions }) => actions.length > 0);
}
