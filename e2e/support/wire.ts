import { setTimeout as sleep } from 'node:timers/promises';
import { type Dispatcher, Pool } from 'undici';

/** A request as it goes over the wire: nothing in it is encoded, normalised or completed. */
export interface WireRequest {
  method: string;
  /** With its query, as it is to be sent. */
  path: string;
  headers: Record<string, string>;
  body: string | Buffer | undefined;
}

export interface WireResponse {
  status: number;
  contentType: string;
  text: string;
}

export interface Wire {
  send(request: WireRequest): Promise<WireResponse>;
  close(): Promise<void>;
}

const PATIENCE = { attempts: 20, pauseMs: 250 };

/** Sends to a server, and waits as told while the server says that it is too busy. */
export function openWire(url: string, connections: number): Wire {
  const pool = new Pool(url, { connections });

  /** Of a stream that has no end, none. */
  async function textOf(body: Dispatcher.ResponseData['body'], contentType: string): Promise<string> {
    if (contentType !== 'text/event-stream') return body.text();
    body.on('error', () => undefined).destroy();
    return '';
  }

  async function sendOnce({ method, path, headers, body }: WireRequest): Promise<WireResponse> {
    const response = await pool.request({
      method: method as 'GET',
      path,
      headers,
      body: body ?? null,
    });
    const header = response.headers['content-type'];
    const contentType = typeof header === 'string' ? header : '';
    return { status: response.statusCode, contentType, text: await textOf(response.body, contentType) };
  }

  return {
    async send(request) {
      for (let attempt = 1; ; attempt++) {
        const response = await sendOnce(request);
        if (response.status !== 503 || attempt === PATIENCE.attempts) return response;
        await sleep(PATIENCE.pauseMs);
      }
    },
    close: () => pool.close(),
  };
}
