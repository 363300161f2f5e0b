import { createHmac } from 'node:crypto';
import type { Role } from '@promosmith/contract';
import { must, type TestApp, type TestRequest, type TestResponse } from './test-app.ts';

export const TEST_PASSWORD = 'correct horse battery staple';

/** A person at a browser: keeps cookies, and says which page its requests come from. */
export interface TestBrowser {
  request(method: string, path: string, options?: Omit<TestRequest, 'key'>): Promise<TestResponse>;
  cookies: Map<string, string>;
}

export interface TestMember extends TestBrowser {
  staffId: string;
  email: string;
  password: string;
}

export function openBrowser(app: TestApp): TestBrowser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async request(method, path, { body, headers } = {}) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const answer = await app.request(method, path, {
        key: null,
        body,
        headers: { origin: app.url, ...(cookie ? { cookie } : {}), ...headers },
      });
      for (const line of answer.headers.getSetCookie()) {
        const [name, value] = line.split(';', 1)[0]!.split('=', 2) as [string, string];
        if (/max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    },
  };
}

let people = 0;

/** A member of staff of the app's brand, or of the one given, who is signed in. */
export async function signInAs(
  app: TestApp,
  role: Role,
  brandId: string = app.brand.brandId,
): Promise<TestMember> {
  const email = `${role}-${++people}@lucky-star.example`;
  const member = must(
    await app.staff.addMember(
      { brandId, email, name: `${role} ${people}`, role, password: TEST_PASSWORD },
      { actor: { kind: 'system', id: 'test' }, permissions: 'all' },
    ),
  );
  const browser = openBrowser(app);
  const { status } = await browser.request('POST', '/v1/auth/sign-in', {
    body: { email, password: TEST_PASSWORD },
  });
  if (status !== 200) throw new Error(`sign-in answered ${status}`);
  return { ...browser, staffId: member.staffId, email, password: TEST_PASSWORD };
}

/** The code an authenticator app shows (RFC 6238: SHA-1, 30 seconds, six digits). */
export function totpCode(uri: string, at: number = Date.now()): string {
  const secret = base32(new URL(uri).searchParams.get('secret') ?? '');
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac[19]! & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = [...text.replace(/=+$/, '')]
    .map((symbol) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(symbol).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
