import { type ContentDocument, labelsOf } from '@promosmith/core/content';
import {
  type EventField,
  eventKey,
  type JourneyCatalogue,
  type JourneyDefinition,
} from '@promosmith/core/journey';
import type { Catalogue } from '@promosmith/core/rules';
import { unheardBecause } from '../../properties/index.ts';
import type { Frozen } from './book.ts';

/**
 * The brand's facts and events, and the client actions that the journey's own popups raise when they are shown: nobody
 * has to have seen one of those before.
 * @param documents that the journey sends.
 */
export function catalogueOf(
  facts: Catalogue,
  eventFields: JourneyCatalogue['eventFields'],
  documents: readonly ContentDocument[],
): JourneyCatalogue {
  const raised = raisedActions(documents);
  return {
    facts,
    unheardBecause,
    eventFields: (key) => {
      const [seen, own] = [eventFields(key), raised.get(key)];
      if (!seen || !own) return seen ?? own;
      return [...seen, ...own.filter(({ name }) => !seen.some((field) => field.name === name))];
    },
  };
}

/** As the server raises them: the popup's code, and the values of its label tags. */
function raisedActions(documents: readonly ContentDocument[]): ReadonlyMap<string, EventField[]> {
  const raised = new Map<string, EventField[]>();
  for (const document of documents) {
    if (document.channel !== 'popup' || document.whenShown === null) continue;
    const key = eventKey({ source: 'client_action', name: document.whenShown });
    const fields = raised.get(key) ?? [];
    for (const name of fieldsOf(document))
      if (!fields.some((field) => field.name === name)) fields.push(text(name));
    raised.set(key, fields);
  }
  return raised;
}

function fieldsOf(document: Extract<ContentDocument, { channel: 'popup' }>): string[] {
  const locales = [document.locale, ...Object.keys(document.translations)];
  const labels = locales.flatMap((locale) => labelsOf(document, locale));
  return document.blocks.some(({ type }) => type === 'code') ? ['code', ...labels] : labels;
}

const text = (name: string): EventField => ({ name, type: 'string', label: name, example: 'A1B2C3' });

/** What a version keeps of a catalogue: what its rules read, and the events it names. */
export function frozenFor(
  definition: JourneyDefinition,
  catalogue: JourneyCatalogue,
  read: readonly string[],
): Frozen {
  const names = new Set([...read, 'now']);
  return {
    facts: catalogue.facts.facts.filter(({ name }) => names.has(name)),
    eventFields: Object.fromEntries(
      eventsNamed(definition).flatMap((key) => {
        const fields = catalogue.eventFields(key);
        return fields ? [[key, fields]] : [];
      }),
    ),
  };
}

function eventsNamed({ nodes, settings }: JourneyDefinition): string[] {
  const named = Object.values(nodes).flatMap((node) => {
    if (node.kind === 'wait_event') return [node.event];
    return node.kind === 'trigger' && node.on && 'name' in node.on ? [node.on] : [];
  });
  return [...named, ...(settings.goal ? [settings.goal.event] : [])].map(eventKey);
}
