import type { JourneyDefinition } from '@promosmith/contract';
import type { Answer } from '../../../api/index.ts';

/** A journey's graph as it is drawn: the contract's, under short names. */
export type Definition = JourneyDefinition;
export type GraphNode = Definition['nodes'][string];
export type Kind = GraphNode['kind'];
export type NodeOf<K extends Kind> = Extract<GraphNode, { kind: K }>;
export type GraphEdge = Definition['edges'][number];
export type Position = Definition['layout'][string];
export type Settings = Definition['settings'];
export type Product = Answer<'getJourney'>['product'];
export const PRODUCTS = ['casino', 'betting', 'bingo', 'lottery'] as const satisfies readonly Product[];
export type Problem = Answer<'lintJourney'>['problems'][number];

export const MESSAGE_KINDS = ['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];
export type MessageNode = NodeOf<MessageKind>;

const MESSAGES: ReadonlySet<string> = new Set(MESSAGE_KINDS);
export const isMessage = (node: GraphNode): node is MessageNode => MESSAGES.has(node.kind);
