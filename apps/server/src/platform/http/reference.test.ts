import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { VERSION } from '../version.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { publicUrl: 'https://promo.example' } });
});
afterAll(() => app.close());

const get = (path: string) => app.request('GET', path, { key: null });

describe('/openapi.json', () => {
  it('documents exactly what is mounted', async () => {
    const { status, body } = await get('/openapi.json');
    expect(status).toBe(200);
    expect(body.info.version).toBe(VERSION);
    expect(body.servers).toEqual([{ url: 'https://promo.example' }]);
    const documented = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(documented.sort()).toEqual(app.routes.map(({ id }) => id).sort());
  });
});

describe('/docs', () => {
  it('loads nothing from elsewhere, and lets only its own scripts run', async () => {
    const { status, body, headers } = await get('/docs');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/html');
    expect(body).not.toMatch(/(src|href)="(https?:)?\/\//);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self' 'sha256-[\w+/]{43}='/);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
  });

  it('serves its script from here', async () => {
    const { body: page } = await get('/docs');
    const path = /<script src="([^"]+)"/.exec(page)?.[1];
    const script = await fetch(new URL(`/${path}`, app.url), { headers: { 'accept-encoding': 'identity' } });
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect((await script.text()).length).toBeGreaterThan(1_000_000);
    const compressed = await fetch(new URL(`/${path}`, app.url), { headers: { 'accept-encoding': 'br' } });
    expect(compressed.headers.get('content-encoding')).toBe('br');
    expect(await compressed.text()).toContain('createApiReference');
  });
});
