import type { JourneyProblem } from '@promosmith/contract';
import type { KnownNames } from '@promosmith/core/content';
import {
  compileJourney,
  isMessage,
  type Journey,
  type JourneyDefinition,
  persistableProblems,
} from '@promosmith/core/journey';
import type { Queryable } from '../../../platform/db.ts';
import { loadDefinition, loadLive } from '../../campaigns/index.ts';
import { findContents } from '../../content/index.ts';
import type { Players } from '../../players/index.ts';
import { eventFields } from '../../properties/index.ts';
import { listSecrets } from '../effects/secrets/store.ts';
import type { Frozen } from './book.ts';
import { catalogueOf, frozenFor } from './catalogue.ts';
import { campaignProblems, referenceProblems, type World } from './references.ts';

/** Everything there is to say of a graph, and what publishing it would keep. */
export interface Review {
  readonly problems: readonly JourneyProblem[];
  /** Ready to be walked; null when its own problems keep it from that. */
  readonly journey: Journey | null;
  readonly frozen: Frozen | null;
  /** The version in force of each content it sends. */
  readonly contents: Readonly<Record<string, number>>;
}

export interface Reviews {
  /** @param journeyId players keep their places in splits by it. */
  review(brandId: string, journeyId: string, definition: JourneyDefinition): Promise<Review>;
  /** What has become of the campaigns of a published graph. */
  campaigns(brandId: string, definition: JourneyDefinition): Promise<readonly JourneyProblem[]>;
  /** The version in force of each content that the graph sends. */
  contentsNow(brandId: string, definition: JourneyDefinition): Promise<Readonly<Record<string, number>>>;
}

/** Where a graph's references are looked up. */
export interface Sources {
  players: Pick<Players, 'catalogue'>;
  /** Names that templates of the brand can count on. */
  templateNames(brandId: string): Promise<KnownNames>;
}

export function createReviews(db: Queryable, { players, templateNames }: Sources): Reviews {
  const contentsOf = (brandId: string, definition: JourneyDefinition) =>
    findContents(db, brandId, contentIds(definition));

  async function worldOf(
    brandId: string,
    definition: JourneyDefinition,
    contents: Awaited<ReturnType<typeof contentsOf>>,
  ): Promise<World> {
    const [facts, fields, names, secrets, campaigns] = await Promise.all([
      players.catalogue(brandId),
      eventFields(db, brandId),
      templateNames(brandId),
      listSecrets(db, brandId),
      campaignsOf(db, brandId, definition),
    ]);
    return {
      catalogue: catalogueOf(
        facts,
        fields,
        contents.map(({ document }) => document),
      ),
      ...{ names, campaigns },
      secrets: new Set(secrets.map(({ name }) => name)),
      contents: new Map(
        contents.map(({ contentId, document, archivedAt }) => [
          contentId,
          { document, archived: archivedAt !== null },
        ]),
      ),
    };
  }

  return {
    async review(brandId, journeyId, definition) {
      const shape = persistableProblems(definition);
      if (shape.length > 0) return { problems: shape, journey: null, frozen: null, contents: {} };
      const contents = await contentsOf(brandId, definition);
      const world = await worldOf(brandId, definition, contents);
      const compiled = compileJourney(journeyId, definition, world.catalogue);
      const journey = compiled.ok ? compiled.journey : null;
      return {
        problems: [
          ...(compiled.ok ? compiled.warnings : compiled.problems),
          ...referenceProblems(definition, world),
        ],
        journey,
        frozen: journey && frozenFor(definition, world.catalogue, journey.facts),
        contents: pinned(contents),
      };
    },

    campaigns: async (brandId, definition) =>
      campaignProblems(definition, await campaignsOf(db, brandId, definition)),

    contentsNow: async (brandId, definition) => pinned(await contentsOf(brandId, definition)),
  };
}

const pinned = (contents: readonly { contentId: string; version: number }[]) =>
  Object.fromEntries(contents.map(({ contentId, version }) => [contentId, version]));

/** Ids of all content that the graph sends. */
export const contentIds = ({ nodes }: JourneyDefinition): string[] => [
  ...new Set(
    Object.values(nodes).flatMap((node) =>
      isMessage(node) && node.contentId !== null ? [node.contentId] : [],
    ),
  ),
];

async function campaignsOf(
  db: Queryable,
  brandId: string,
  { nodes }: JourneyDefinition,
): Promise<World['campaigns']> {
  const ids = Object.values(nodes).flatMap((node) =>
    (node.kind === 'give_bonus' || node.kind === 'send_code') && node.campaignId !== null
      ? [node.campaignId]
      : [],
  );
  if (ids.length === 0) return new Map();
  const live = await loadLive(db, [...new Set(ids)]);
  const own = live.filter((campaign) => campaign.brandId === brandId);
  return new Map(
    await Promise.all(
      own.map(async ({ campaignId, status, version }) => {
        const { rewards } = await loadDefinition(db, campaignId, version);
        return [campaignId, { status, rewards: rewards.map(({ kind }) => kind) }] as const;
      }),
    ),
  );
}
