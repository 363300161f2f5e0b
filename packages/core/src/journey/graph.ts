import type { Millis } from '../activation/index.ts';
import type { BasisPoints } from '../money/index.ts';

/** Unique in its journey, and what versions know a node by: a node that keeps its id is the same node. */
export type NodeId = string;

/** Channels a message goes out by; each is a kind of node. */
export const MESSAGE_KINDS = ['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const;
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** What a message's validity is when its node states none. */
export const DEFAULT_VALIDITY_MS: Millis = 7 * 24 * 3_600_000;

/**
 * Something that happens to a player: an event of the platform by its type (`deposit.succeeded`), or an action of the
 * browser by its name (`CODE_IS_SHOWN`). The filter is a rule over `player.*`, `event.*` and `events.<node>.*`; null lets all pass.
 */
export interface EventMatch {
  readonly source: 'event' | 'client_action';
  /** Empty while not chosen. */
  readonly name: string;
  readonly filter: string | null;
}

/** What starts a journey for a player. */
export type TriggerSource =
  | EventMatch
  /** The player came to satisfy the rule. */
  | { readonly source: 'segment'; readonly rule: string }
  /** Everybody the rule `audience` holds for: at each time of the five-field cron, by the brand's clock, or once. */
  | {
      readonly source: 'schedule';
      readonly times: { readonly cron: string } | { readonly once: string };
      readonly audience: string;
    }
  /** The platform names the player. */
  | { readonly source: 'api' };

interface Named {
  /** What the editor shows; null for the name of the kind. */
  readonly name: string | null;
}

export interface TriggerNode extends Named {
  readonly kind: 'trigger';
  readonly on: TriggerSource | null;
}

export interface MessageNode extends Named {
  readonly kind: MessageKind;
  readonly contentId: string | null;
  /** How long the message may be answered, from when it was handed over. null: `DEFAULT_VALIDITY_MS`. */
  readonly expiresAfterMs: Millis | null;
  readonly sendInQuietHours: boolean;
}

export interface WaitNode extends Named {
  readonly kind: 'wait_event';
  readonly event: EventMatch;
  /** null: without end. */
  readonly timeoutMs: Millis | null;
}

export interface DelayNode extends Named {
  readonly kind: 'delay';
  readonly delay: { readonly forMs: Millis } | { readonly until: LocalTime };
}

/** The next time the player's clock shows it; never the instant it is asked at. */
export interface LocalTime {
  /** `HH:MM` */
  readonly time: string;
  /** ISO: 1 is Monday. null: any day. */
  readonly weekdays: readonly number[] | null;
}

export interface ConditionNode extends Named {
  readonly kind: 'condition';
  /** Unknown counts as no. */
  readonly rule: string;
}

export interface SplitNode extends Named {
  readonly kind: 'split';
  readonly variants: readonly Variant[];
}

export interface Variant {
  /** Also the connector it leaves by. */
  readonly id: string;
  readonly name: string | null;
  readonly bps: BasisPoints;
}

export interface WebhookNode extends Named {
  readonly kind: 'webhook';
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A template, like the values of headers and the body. */
  readonly url: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly body: string | null;
  /** For one try. */
  readonly timeoutMs: Millis;
}

export interface BonusNode extends Named {
  readonly kind: 'give_bonus';
  readonly campaignId: string | null;
  /** One reward of the campaign, from 0; null for all of them. */
  readonly rewardIndex: number | null;
}

export interface CodeNode extends Named {
  readonly kind: 'send_code';
  readonly campaignId: string | null;
}

export interface PropertyNode extends Named {
  readonly kind: 'change_property';
  /** Without `player.properties.`; empty while not chosen. */
  readonly property: string;
  /** A template. */
  readonly value: string;
}

export interface ExitNode extends Named {
  readonly kind: 'exit';
}

export type ActionNode = WebhookNode | BonusNode | CodeNode | PropertyNode;

export type JourneyNode =
  | TriggerNode
  | MessageNode
  | WaitNode
  | DelayNode
  | ConditionNode
  | SplitNode
  | ActionNode
  | ExitNode;

export type NodeKind = JourneyNode['kind'];

export interface Edge {
  readonly from: NodeId;
  readonly connector: string;
  readonly to: NodeId;
}

export interface JourneySettings {
  readonly entry:
    | { readonly rule: 'once' }
    /** Once in each day, ISO week or month of the brand's clock. */
    | { readonly rule: 'once_per_period'; readonly period: 'day' | 'week' | 'month' }
    /** Whenever the player is not inside already. */
    | { readonly rule: 'whenever_outside' };
  /** The most enrolments there may ever be; players of the control group are none. */
  readonly entryCap: number | null;
  /** The share of players who are recorded and never walk. */
  readonly controlBps: BasisPoints;
  readonly quietHours: QuietHours | null;
  readonly goal: Goal | null;
  /** A rule asked before each visit: a player it holds for leaves the journey. */
  readonly exitWhen: string | null;
}

/** Hours of the player's day in which messages of some channels wait. */
export interface QuietHours {
  /** `HH:MM`, inclusive. */
  readonly from: string;
  /** `HH:MM`, exclusive; up to `from` it is on the next day. */
  readonly to: string;
  readonly channels: readonly MessageKind[];
}

/** What the journey is for: it counts as reached when it happens within the time after entry. */
export interface Goal {
  readonly event: EventMatch;
  readonly withinMs: Millis;
  readonly exitOnGoal: boolean;
}

/** A journey as it is drawn and stored. Plain JSON. */
export interface JourneyDefinition {
  readonly nodes: Readonly<Record<NodeId, JourneyNode>>;
  readonly edges: readonly Edge[];
  readonly settings: JourneySettings;
  /** Where the editor shows nodes. Means nothing to who walks. */
  readonly layout: Readonly<Record<NodeId, { readonly x: number; readonly y: number }>>;
}

/** What every journey keeps to, however meant. */
export const JOURNEY_LIMITS = {
  nodes: 200,
  edges: 400,
  variants: 20,
  headers: 50,
  /** UTF-16 units of a name, of a URL, and of a body or value. */
  nameLength: 100,
  urlLength: 2_048,
  templateLength: 65_536,
  /** Delays, time-outs, validities and the window of a goal. */
  shortestMs: 1_000,
  longestMs: 365 * 24 * 3_600_000,
  /** One try of a webhook. */
  webhookMs: { shortest: 100, longest: 30_000 },
} as const;

const MESSAGES: ReadonlySet<string> = new Set(MESSAGE_KINDS);

export const isMessage = (node: JourneyNode): node is MessageNode => MESSAGES.has(node.kind);
