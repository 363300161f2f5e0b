import type { Platform } from '../../platform/platform.ts';
import type { IncomingEvent } from '../events/index.ts';
import { fieldsIn, type SeenField } from './field.ts';
import { actionKey } from './reserved.ts';
import { recordFields, recordKeys } from './store.ts';

/** Something that happened to a player, by the key that journeys look for. */
export interface Happened {
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Its values are the player's own, such as codes: none is shown as an example. */
  readonly secret?: true;
}

/** What an event is to a journey: of a client action, its properties are the data. */
export const happenedBy = (event: IncomingEvent): Happened =>
  event.type === 'client.action'
    ? { key: actionKey((event.data as { action: string }).action), data: propertiesOf(event.data) }
    : { key: `event:${event.type}`, data: event.data };

const propertiesOf = (data: object): Readonly<Record<string, unknown>> =>
  (data as { properties?: Record<string, unknown> }).properties ?? {};

/** How long a process takes for known what it wrote: then it notes again that it is still seen. */
const REMEMBERED_MS = 3_600_000;
/** More than are listed are not remembered, and not written: pages that make names up cost no memory and no statements. */
const MOST_REMEMBERED_KEYS = 1000;
const MOST_REMEMBERED_FIELDS = 400;

type Fields = Map<string, SeenField>;

interface Memory {
  readonly until: number;
  readonly keys: Map<string, Fields>;
}

/** Notes what events carry. */
export type Discover = (brandId: string, happened: readonly Happened[]) => Promise<void>;

/**
 * Writes only what this process has not written in the last hour: nothing, for nearly every event. A list that could not
 * be written fails nobody: the next event of the kind does it.
 */
export function createDiscovery({ db, log }: Pick<Platform, 'db' | 'log'>): Discover {
  const memories = new Map<string, Memory>();

  function memoryOf(brandId: string, key: string): Memory {
    const name = `${brandId} ${key.slice(0, key.indexOf(':'))}`;
    const known = memories.get(name);
    if (known && known.until > performance.now()) return known;
    const memory: Memory = { until: performance.now() + REMEMBERED_MS, keys: new Map() };
    memories.set(name, memory);
    return memory;
  }

  /** What is new of the happenings, by key. */
  function newsOf(brandId: string, happened: readonly Happened[]): Map<string, Fields> {
    const news = new Map<string, Fields>();
    for (const { key, data, secret } of happened) {
      const { keys } = memoryOf(brandId, key);
      const known = keys.get(key);
      if (!known && keys.size >= MOST_REMEMBERED_KEYS) continue;
      const seen = news.get(key);
      const fields: Fields = new Map(seen);
      for (const [name, field] of fieldsIn(data, secret)) {
        const before = fields.get(name) ?? known?.get(name);
        if (!before && fields.size + (known?.size ?? 0) >= MOST_REMEMBERED_FIELDS) continue;
        if (before?.type === field.type || before?.type === 'mixed') continue;
        fields.set(name, before ? { ...field, type: 'mixed' } : field);
      }
      if (seen || !known || fields.size > 0) news.set(key, fields);
    }
    return news;
  }

  return async (brandId, happened) => {
    const news = newsOf(brandId, happened);
    if (news.size === 0) return;
    try {
      await recordKeys(db, brandId, [...news.keys()]);
      await recordFields(
        db,
        brandId,
        [...news].flatMap(([key, fields]) => [...fields].map(([name, field]) => ({ key, name, ...field }))),
      );
      for (const [key, fields] of news) {
        const { keys } = memoryOf(brandId, key);
        keys.set(key, new Map([...(keys.get(key) ?? []), ...fields]));
      }
    } catch (err) {
      log.error({ err, brandId }, 'what events carry could not be noted; the next ones will be');
    }
  };
}
