import { EngineMessage } from '@promosmith/contract';
import { Webhook } from 'standardwebhooks';
import { newId } from '../../platform/ids.ts';
import type { TestApp, TestResponse } from '../../testing/test-app.ts';
import { answers, type Received, type Receiver, startReceiver } from '../webhooks/testing/receiver.ts';

export const ACCEPTED = answers(200, { 'content-type': 'application/json' }, '{"status":"accepted"}');
export const REFUSED = answers(
  200,
  { 'content-type': 'application/json' },
  '{"status":"refused","reason":"player unknown"}',
);

/** A real HTTP server that a brand's bonuses are kept by. */
export interface TestEngine extends AsyncDisposable {
  readonly receiver: Receiver;
  readonly engineId: string;
  readonly secret: string;
  /** What it was sent, read and with its signature checked, in order. */
  messages(): EngineMessage[];
  /** Tells of a bonus. @param options.id of the report; `sign` with another secret. */
  report(
    body: Record<string, unknown> | string,
    options?: { id?: string; secret?: string; at?: Date },
  ): Promise<TestResponse>;
}

/** Connects an engine to the app's brand; it accepts everything until it is told to behave otherwise. */
export async function connectEngine(app: TestApp): Promise<TestEngine> {
  const receiver = await startReceiver();
  receiver.behave(ACCEPTED);
  const { body } = await app.request('PUT', '/v1/bonus-engine', {
    body: { keeper: 'outside', url: receiver.url('/engine') },
  });
  const { engineId, secret } = body;
  const read = ({ body: text, headers, id }: Received): EngineMessage => {
    new Webhook(secret).verify(text, headers as Record<string, string>);
    const message = EngineMessage.parse(JSON.parse(text));
    if (message.grantId !== null && id !== `${message.grantId}.${message.operation}`)
      throw new Error(`a message of grant ${message.grantId} is named ${id}`);
    return message;
  };
  return {
    receiver,
    engineId,
    secret,
    messages: () => receiver.at('/engine').map(read),
    report(report, options = {}) {
      const { id = newId(), at = new Date() } = options;
      const text = typeof report === 'string' ? report : JSON.stringify(report);
      return app.request('POST', `/v1/bonus-engines/${engineId}/reports`, {
        key: null,
        body: text,
        headers: {
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
          'webhook-signature': new Webhook(options.secret ?? secret).sign(id, at, text),
        },
      });
    },
    [Symbol.asyncDispose]: () => receiver[Symbol.asyncDispose](),
  };
}
