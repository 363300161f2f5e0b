import { useTranslation } from 'react-i18next';
import { useRead } from '../../../../api/index.ts';
import type { InsertGroup as Group, Known } from '../../../../kit/inserts/index.ts';
import { useEditor } from '../../editor/editor-context.ts';
import { useEvents } from './known.ts';

const known = (prefix: string, names: readonly string[]): readonly Known[] =>
  names.map((name) => ({ name: `${prefix}${name}`, label: '', type: 'string' }));

/**
 * What templates of this journey may name: what the events of its trigger and waits carry, the player, labels, and secrets.
 */
export function useTemplateValues({ secrets }: { secrets: boolean }): readonly Group[] {
  const { t } = useTranslation('journeys');
  const { definition } = useEditor();
  const variables = useRead('getContentVariables', {});
  const kept = useRead('listJourneySecrets', {}, { enabled: secrets });
  const all = [...useEvents('event'), ...useEvents('client_action')];
  const heard = Object.entries(definition.nodes).flatMap(([id, node]) => {
    const match = node.kind === 'wait_event' ? node.event : node.kind === 'trigger' ? node.on : null;
    if (!match || !('name' in match)) return [];
    const found = all.find(({ key }) => key === `${match.source}:${match.name}`);
    return (found?.fields ?? []).map((field) => ({ id, field }));
  });
  const fields = new Map(heard.map(({ field }) => [field.name, field]));
  return [
    {
      name: t('fields.ofLastEvent'),
      items: [...fields.values()].map(({ name, label, type }) => ({ name: `event.${name}`, label, type })),
    },
    {
      name: t('fields.ofNodes'),
      items: heard.map(({ id, field }) => ({
        name: `events.${id}.${field.name}`,
        label: field.label,
        type: field.type,
      })),
    },
    {
      name: t('fields.ofPlayer'),
      items: (variables.data?.state ?? []).map(({ name, label, type }) => ({
        name: `state.${name}`,
        label,
        type,
      })),
    },
    { name: t('rooms.labels'), items: known('label.', variables.data?.labels ?? []) },
    {
      name: t('fields.secrets'),
      items: secrets
        ? known(
            'secret.',
            (kept.data?.items ?? []).map(({ name }) => name),
          )
        : [],
    },
  ];
}

export const asTemplate = (name: string): string => `{{${name}}}`;
