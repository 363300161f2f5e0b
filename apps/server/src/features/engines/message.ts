import { EngineAnswer, type EngineMessage } from '@promosmith/contract';
import type { Agent } from 'undici';
import { attempt, type Outcome } from '../../platform/outbound/attempt.ts';
import { signedHeaders } from '../../platform/outbound/signing.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { Engine } from './store.ts';

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES = 4096;

/** An attempt, and the answer if there was one to understand. */
export interface Answered {
  readonly outcome: Outcome;
  readonly answer: EngineAnswer | undefined;
}

/** Sends a message to an engine, signed with every secret that is good. */
export async function sendMessage(
  agent: Agent,
  secrets: Secrets,
  engine: Engine,
  messageId: string,
  message: EngineMessage,
): Promise<Answered> {
  const keys = [engine.secret, engine.previousSecret].flatMap((key) => (key ? [secrets.decrypt(key)] : []));
  const body = JSON.stringify(message);
  const headers = signedHeaders(keys, messageId, new Date(message.sentAt), body);
  const outcome = await attempt(agent, engine.url, headers, body, TIMEOUT_MS, ANSWER_BYTES);
  return { outcome, answer: outcome.delivered && !outcome.error ? read(outcome.response) : undefined };
}

function read(text: string | null): EngineAnswer | undefined {
  const parsed = EngineAnswer.safeParse(parse(text ?? ''));
  return parsed.success ? parsed.data : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why an attempt without an answer failed. */
export const whyFailed = ({ error, response }: Outcome): string =>
  error ?? `the answer is neither accepted nor refused: ${(response ?? '').slice(0, 100)}`;
