import { hash } from 'node:crypto';

/** What numbers of a campaign are broken down by, in the order they are offered. */
export const DIMENSIONS = [
  'code',
  'batch',
  'source',
  'affiliate',
  'segment',
  'country',
  'device',
  'channel',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** What somebody was and came by when something happened. null: not known, or none. */
export interface Traits {
  /** Id of a shared code; others are told apart by their batch. */
  readonly code: string | null;
  readonly batch: string | null;
  readonly source: string | null;
  readonly affiliate: string | null;
  /** In order. Who is in several counts in each of them. */
  readonly segments: readonly string[];
  readonly country: string | null;
  readonly device: string | null;
  readonly channel: string | null;
}

/** Traits, and the id that they and nothing else have. */
export interface Profile extends Traits {
  readonly profileId: string;
}

export const NO_TRAITS: Traits = {
  ...{ code: null, batch: null, source: null, affiliate: null },
  ...{ segments: [], country: null, device: null, channel: null },
};

const ID_DIGITS = 32;

/** @param known profiles made before, by their text: there are few, and hashing costs more than finding. */
export function profileOf(traits: Traits, known: Map<string, Profile>): Profile {
  const { code, batch, source, affiliate, segments, country, device, channel } = traits;
  const text = JSON.stringify([code, batch, source, affiliate, segments, country, device, channel]);
  const found = known.get(text);
  if (found) return found;
  const profile = { ...traits, profileId: asUuid(hash('sha256', text).slice(0, ID_DIGITS)) };
  known.set(text, profile);
  return profile;
}

/** The id of a further fact that one event tells of. */
export const idBeside = (id: string, word: string): string =>
  asUuid(hash('sha256', `${id} ${word}`).slice(0, ID_DIGITS));

const asUuid = (digits: string): string =>
  digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** The values of a profile in a dimension; none when there is no such thing, several only of segments. */
export function valuesOf(profile: Profile | null, dimension: Dimension): readonly string[] {
  if (!profile) return [];
  if (dimension === 'segment') return profile.segments;
  const value = profile[dimension];
  return value === null ? [] : [value];
}
