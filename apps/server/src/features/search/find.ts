import { Id, type Permission, SEARCH_KINDS, type SearchHit, type SearchKind } from '@promosmith/contract';
import { normaliseCode } from '@promosmith/core/codes';
import type { Database } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import { type CodesService, codeView } from '../codes/index.ts';
import { lookUp } from './views.ts';

const READ_BY: Readonly<Record<SearchKind, Permission>> = {
  player: 'players:read',
  code: 'codes:read',
  campaign: 'campaigns:read',
  activation: 'activations:read',
  grant: 'bonuses:read',
  journey: 'journeys:read',
  content: 'journeys:read',
  label: 'journeys:read',
};

/** Most hits of one kind. */
const MOST = 5;

/** @returns what finds things of the caller's brand, of the kinds that the caller may read. */
export function createFind(db: Database, codes: CodesService) {
  async function code(brandId: string, text: string): Promise<SearchHit[]> {
    const typed = normaliseCode(text);
    const found = typed.ok ? await codes.lookUp(brandId, typed.value) : undefined;
    if (!found) return [];
    const { id, code: title, state, holder, campaignId } = codeView(found);
    return [{ kind: 'code', id, title, detail: state, player: holder, campaignId }];
  }

  return async ({ brandId, permissions }: Caller, text: string): Promise<SearchHit[]> => {
    const kinds = SEARCH_KINDS.filter((kind) => permissions.has(READ_BY[kind]));
    const isId = Id.safeParse(text).success;
    const [hits, byText] = await Promise.all([
      lookUp(db, brandId, kinds, text, MOST),
      kinds.includes('code') && !isId ? code(brandId, text) : [],
    ]);
    return [...hits, ...byText].sort(inOrder(text));
  };
}

/** By kind; of one kind what is exactly the text, then what begins with it, then the rest, newest first. */
const inOrder = (text: string) => {
  const wanted = text.toLowerCase();
  const distance = ({ title }: SearchHit): number => {
    const name = title.toLowerCase();
    if (name === wanted) return 0;
    return name.startsWith(wanted) ? 1 : 2;
  };
  return (a: SearchHit, b: SearchHit): number =>
    SEARCH_KINDS.indexOf(a.kind) - SEARCH_KINDS.indexOf(b.kind) ||
    distance(a) - distance(b) ||
    (a.kind === 'player' ? compare(a.id, b.id) : compare(b.id, a.id));
};

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
