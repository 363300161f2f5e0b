import { Id, type SearchHit, type SearchKind } from '@promosmith/contract';
import { canonicalEmail } from '@promosmith/core/risk';
import type { Queryable } from '../../platform/db.ts';

/** Names are compared among this many of a brand's newest things of a kind: no index serves a part of a name. */
const LOOKED_THROUGH = 5_000;

type Kind = SearchKind;
/** Adds a value. @returns its placeholder, with a cast. */
type Parameter = (value: unknown, type: string) => string;

interface Wanted {
  text: string;
  /** The text when it is an id. */
  id: string | undefined;
  most: number;
}

/** Columns of a hit. */
const hit = (kind: Kind, id: string, title: string, detail: string, player = 'null', campaign = 'null') =>
  `select '${kind}' as kind, ${id}::text as id, ${title}::text as title, ${detail}::text as detail,
     ${player}::text as player, ${campaign}::text as "campaignId"`;

const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** What is named, and known by an id. */
function named(
  kind: Kind,
  { table, idColumn, detail }: { table: string; idColumn: string; detail: string },
  { text, id, most }: Wanted,
  brand: string,
  parameter: Parameter,
): string[] {
  const columns = hit(kind, idColumn, 'name', detail);
  if (id !== undefined)
    return [`${columns} from ${table} where ${idColumn} = ${parameter(id, 'uuid')} and brand_id = ${brand}`];
  const contains = parameter(`%${escaped(text)}%`, 'text');
  const begins = parameter(`${escaped(text)}%`, 'text');
  return [
    `select kind, id, title, detail, player, "campaignId" from (
       ${columns} from ${table} where brand_id = ${brand} order by ${idColumn} desc limit ${LOOKED_THROUGH}
     ) newest where title ilike ${contains} order by title ilike ${begins} desc, id desc limit ${most}`,
  ];
}

const PARTS: Readonly<
  Record<Kind, (wanted: Wanted, brand: string, parameter: Parameter) => readonly string[]>
> = {
  player({ text, most }, brand, parameter) {
    const columns = hit('player', 'external_id', 'external_id', 'email', 'external_id');
    const mailbox = canonicalEmail(text);
    return [
      `${columns} from players where brand_id = ${brand}
         and external_id collate "C" like ${parameter(`${escaped(text)}%`, 'text')}
       order by external_id collate "C" limit ${most}`,
      ...(mailbox === undefined
        ? []
        : [
            `${columns} from players where brand_id = ${brand} and email_canonical = ${parameter(mailbox, 'text')}
             order by player_id limit ${most}`,
          ]),
    ];
  },
  code: () => [],
  campaign: (wanted, brand, parameter) =>
    named(
      'campaign',
      { table: 'campaigns', idColumn: 'campaign_id', detail: 'status' },
      wanted,
      brand,
      parameter,
    ),
  activation: ({ id }, brand, parameter) =>
    id === undefined
      ? []
      : [
          `${hit('activation', 'activation_id', 'code_shown', 'outcome', 'player_external_id', 'campaign_id')}
           from activations where activation_id = ${parameter(id, 'uuid')} and brand_id = ${brand}`,
        ],
  grant: ({ id }, brand, parameter) =>
    id === undefined
      ? []
      : [
          `${hit('grant', 'grant_id', 'kind', 'status', '(select external_id from players p where p.player_id = g.player_id)', 'campaign_id')}
           from grants g where grant_id = ${parameter(id, 'uuid')} and brand_id = ${brand}`,
        ],
  journey: (wanted, brand, parameter) =>
    named(
      'journey',
      { table: 'journeys', idColumn: 'journey_id', detail: 'status' },
      wanted,
      brand,
      parameter,
    ),
  content: (wanted, brand, parameter) =>
    named(
      'content',
      { table: 'content_items', idColumn: 'content_id', detail: 'channel' },
      wanted,
      brand,
      parameter,
    ),
  label: (wanted, brand, parameter) =>
    named('label', { table: 'labels', idColumn: 'label_id', detail: 'kind' }, wanted, brand, parameter),
};

/** Everything of these kinds that answers to a text, in one statement; codes by their text are found elsewhere. */
export async function lookUp(
  db: Queryable,
  brandId: string,
  kinds: readonly Kind[],
  text: string,
  most: number,
): Promise<SearchHit[]> {
  const values: unknown[] = [];
  const parameter: Parameter = (value, type) => `$${values.push(value)}::${type}`;
  const brand = parameter(brandId, 'uuid');
  const wanted: Wanted = { text, id: Id.safeParse(text).data, most };
  const parts = kinds.flatMap((kind) => PARTS[kind](wanted, brand, parameter));
  if (parts.length === 0) return [];
  const { rows } = await db.query<SearchHit>(parts.map((part) => `(${part})`).join(' union '), values);
  return rows;
}
