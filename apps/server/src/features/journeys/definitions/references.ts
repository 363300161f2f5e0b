import type { CampaignStatus, JourneyProblem, RewardKind } from '@promosmith/contract';
import {
  type ContentDocument,
  type Finding,
  type KnownNames,
  lintDocument,
  lintTemplate,
  variablesOf,
} from '@promosmith/core/content';
import {
  type BonusNode,
  eventsReaching,
  isMessage,
  type JourneyCatalogue,
  type JourneyDefinition,
  type JourneyNode,
  type NodeId,
  type WebhookNode,
} from '@promosmith/core/journey';
import { isReservedHeader, secretsIn } from '../effects/webhook/call.ts';

/** A campaign, and the kinds of its rewards in their order. */
export interface Gives {
  readonly status: CampaignStatus;
  readonly rewards: readonly RewardKind[];
}

/** What a journey names that is not in it, as it is now. */
export interface World {
  readonly catalogue: JourneyCatalogue;
  /** Of templates; without the fields of events. */
  readonly names: KnownNames;
  readonly contents: ReadonlyMap<string, { readonly document: ContentDocument; readonly archived: boolean }>;
  readonly campaigns: ReadonlyMap<string, Gives>;
  readonly secrets: ReadonlySet<string>;
}

/** What is wrong with what a journey sends, gives and calls; what is missing altogether is said elsewhere. */
export function referenceProblems(definition: JourneyDefinition, world: World): JourneyProblem[] {
  const events = eventNames(definition, world.catalogue);
  return Object.entries(definition.nodes).flatMap(([id, node]) => {
    const names = { ...world.names, event: events(id) };
    return [...contentProblems(id, node, world, names), ...actionProblems(id, node, world, names)];
  });
}

/** Campaigns that a graph gives bonuses or codes of, as far as they are not there to be used. */
export const campaignProblems = (
  { nodes }: JourneyDefinition,
  campaigns: World['campaigns'],
): JourneyProblem[] => Object.entries(nodes).flatMap(([id, node]) => campaignOf(id, node, campaigns));

/** Secrets that webhooks of a graph name and that are not there. */
export const secretProblems = ({ nodes }: JourneyDefinition, secrets: World['secrets']): JourneyProblem[] =>
  Object.entries(nodes).flatMap(([nodeId, node]) => {
    if (node.kind !== 'webhook') return [];
    const missing = secretsIn(node).filter((name) => !secrets.has(name));
    return missing.map((name) =>
      error(
        'secret_unknown',
        { nodeId, field: 'headers' },
        `There is no secret ${name}.`,
        'Store it under that name.',
      ),
    );
  });

/** Names of secrets that webhooks of a graph name. */
export const secretsOf = ({ nodes }: JourneyDefinition): string[] => [
  ...new Set(Object.values(nodes).flatMap((node) => (node.kind === 'webhook' ? secretsIn(node) : []))),
];

function contentProblems(
  nodeId: NodeId,
  node: JourneyNode,
  { contents }: World,
  names: KnownNames,
): JourneyProblem[] {
  if (!isMessage(node) || node.contentId === null) return [];
  const at = { nodeId, field: 'contentId' };
  const content = contents.get(node.contentId);
  if (!content)
    return [error('content_unknown', at, 'There is no such content.', `Choose the ${node.kind} to send.`)];
  const { document, archived } = content;
  if (document.channel !== node.kind)
    return [
      error(
        'content_of_other_channel',
        at,
        `The content is for ${document.channel}, and the node sends by ${node.kind}.`,
        `Choose content for ${node.kind}.`,
      ),
    ];
  const aside = archived
    ? [error('content_archived', at, 'The content is archived.', 'Restore it, or choose other content.')]
    : [];
  return [...aside, ...lintDocument(document, names).map((found) => ofFinding('content_invalid', at, found))];
}

function actionProblems(
  nodeId: NodeId,
  node: JourneyNode,
  world: World,
  names: KnownNames,
): JourneyProblem[] {
  switch (node.kind) {
    case 'give_bonus':
    case 'send_code':
      return campaignOf(nodeId, node, world.campaigns);
    case 'webhook':
      return [
        ...headerProblems(nodeId, node),
        ...templatesOf(node).flatMap(([field, source]) =>
          templateProblems({ nodeId, field }, source, { ...names, secrets: world.secrets }),
        ),
      ];
    case 'change_property':
      return [
        ...propertyProblems(nodeId, node.property, world.catalogue),
        ...templateProblems({ nodeId, field: 'value' }, node.value, names),
      ];
    default:
      return [];
  }
}

const OVER: ReadonlySet<CampaignStatus> = new Set(['ended', 'archived']);

function campaignOf(nodeId: NodeId, node: JourneyNode, campaigns: World['campaigns']): JourneyProblem[] {
  if ((node.kind !== 'give_bonus' && node.kind !== 'send_code') || node.campaignId === null) return [];
  const at = { nodeId, field: 'campaignId' };
  const campaign = campaigns.get(node.campaignId);
  if (!campaign)
    return [error('campaign_unknown', at, 'There is no such campaign.', 'Choose one of the list.')];
  const { status, rewards } = campaign;
  if (OVER.has(status))
    return [error('campaign_over', at, `The campaign is ${status}.`, 'Choose one that runs, or will.')];
  return node.kind === 'give_bonus' ? rewardProblems({ nodeId, field: 'rewardIndex' }, node, rewards) : [];
}

function rewardProblems(at: Place, { rewardIndex }: BonusNode, rewards: Gives['rewards']): JourneyProblem[] {
  const given = rewardIndex === null ? rewards : rewards.slice(rewardIndex, rewardIndex + 1);
  if (given.length === 0)
    return [
      error(
        'reward_unknown',
        at,
        `The campaign has no reward ${rewardIndex}: they are counted from 0, and there are ${rewards.length}.`,
        'Choose one of its rewards, or null for all of them.',
      ),
    ];
  if (!given.includes('deposit')) return [];
  return [
    error(
      'reward_needs_deposit',
      at,
      'A bonus on a deposit comes with the deposit: there is none to work it out from.',
      'Choose another reward, or send a code of the campaign.',
    ),
  ];
}

function propertyProblems(nodeId: NodeId, name: string, { facts }: JourneyCatalogue): JourneyProblem[] {
  if (name.trim() === '' || facts.byName.has(`player.properties.${name}`)) return [];
  return [
    error(
      'property_unknown',
      { nodeId, field: 'property' },
      `There is no property “${name}”.`,
      'Register it in the properties, or choose another.',
    ),
  ];
}

const templatesOf = ({ url, headers, body }: WebhookNode): [field: string, source: string][] => [
  ['url', url],
  ...headers.map(({ value }, index): [string, string] => [`headers.${index}.value`, value]),
  ...(body === null ? [] : [['body', body] as [string, string]]),
];

const headerProblems = (nodeId: NodeId, { headers }: WebhookNode): JourneyProblem[] =>
  headers.flatMap(({ name }, index) =>
    isReservedHeader(name)
      ? [
          error(
            'header_reserved',
            { nodeId, field: `headers.${index}.name` },
            `${name} is written by the server.`,
            'Remove it, or use another name.',
          ),
        ]
      : [],
  );

const OF_MESSAGES: ReadonlySet<string> = new Set(['label', 'message']);

/** Templates of actions have no message, hence no label tags evaluated for it. */
function templateProblems(at: Place, source: string, names: KnownNames): JourneyProblem[] {
  const misplaced = variablesOf(source).find(({ path: [root = ''] }) => OF_MESSAGES.has(root));
  if (misplaced)
    return [
      error(
        'template_invalid',
        at,
        `Line ${misplaced.line}, column ${misplaced.column}: ${misplaced.path.join('.')} is known in messages only.`,
        'Wait for the client action of the message, and use what it carries: event.code.',
      ),
    ];
  return lintTemplate(source, names).map((found) => ofFinding('template_invalid', at, found));
}

/** Names of the fields of what `event` may be at a node; undefined where it may be anything. */
function eventNames(
  definition: JourneyDefinition,
  catalogue: JourneyCatalogue,
): (nodeId: NodeId) => ReadonlySet<string> | undefined {
  const reaching = eventsReaching(definition);
  const byApi = Object.values(definition.nodes).some(
    (node) => node.kind === 'trigger' && node.on?.source === 'api',
  );
  return (nodeId) => {
    if (byApi) return undefined;
    const fields = [...(reaching.get(nodeId) ?? [])].map(catalogue.eventFields);
    // Unknown events are a problem of their own.
    if (fields.includes(undefined)) return undefined;
    return new Set(fields.flatMap((known = []) => known.map(({ name }) => name.split('.', 1)[0] ?? name)));
  };
}

type Place = Required<Pick<JourneyProblem, 'nodeId' | 'field'>>;

const error = (key: string, at: Place, message: string, fix: string): JourneyProblem => ({
  ...{ key, severity: 'error', ...at, message, fix },
});

function ofFinding(key: string, at: Place, found: Finding): JourneyProblem {
  const { severity, text, locale, line, column, message } = found;
  const where = [text, locale, line === undefined ? undefined : `line ${line}, column ${column}`];
  const named = where.filter((part) => part !== undefined).join(', ');
  const told = named === '' ? message : `${named}: ${message}`;
  return { key, severity, ...at, message: told, fix: FIXES[key] ?? '' };
}

const FIXES: Readonly<Record<string, string>> = {
  content_invalid: 'Edit the content, or choose other content.',
  template_invalid: 'Edit the template.',
};
