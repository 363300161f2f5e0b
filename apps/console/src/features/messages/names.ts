import { useRead } from '../../api/index.ts';
import { shortId } from '../../kit/index.ts';
import { useMay } from '../../session/index.ts';

/** The most of one page of the API. */
const PAGE = 200;

interface Names {
  readonly content: (contentId: string) => string;
  readonly journey: (journeyId: string) => string;
}

/** What content and journeys are called: of the latest, which nearly all messages are of. Others are told apart by their id. */
export function useNames(): Names {
  const may = useMay('journeys:read');
  const contents = useRead('listContent', { query: { limit: PAGE } }, { enabled: may });
  const journeys = useRead('listJourneys', { query: { limit: PAGE } }, { enabled: may });
  return { content: nameIn(contents.data?.items), journey: nameIn(journeys.data?.items) };
}

function nameIn(items: readonly { readonly id: string; readonly name: string }[] = []) {
  const names = new Map(items.map(({ id, name }) => [id, name]));
  return (id: string) => names.get(id) ?? shortId(id);
}
