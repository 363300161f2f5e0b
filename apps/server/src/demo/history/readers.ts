import { randomBytes } from 'node:crypto';
import { createClient } from '@promosmith/client';
import { SignJWT } from 'jose';
import type { World } from './world.ts';

/** Players who read what they are sent. */
export interface Readers {
  /** Some open their inboxes. */
  read(): Promise<void>;
}

/** What is read so late is not read. */
const AT_ONCE = 25;

export async function createReaders({ platform, random, url }: World): Promise<Readers> {
  const secret = randomBytes(32).toString('hex');
  const { slug } = await platform.setPlayerTokens({
    body: { playerTokens: { kind: 'hs256', secrets: [secret] } },
  });
  const seen = new Set<string>();

  const tokenOf = (player: string): Promise<string> =>
    new SignJWT({ brand: slug })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(player)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(secret));

  return {
    async read() {
      const { items } = await platform.listMessages({
        query: { channel: 'inbox', state: 'sent', limit: AT_ONCE },
      });
      for (const { id: messageId, player } of items) {
        if (seen.has(messageId)) continue;
        if (random.chance(0.3)) seen.add(messageId);
        if (!random.chance(0.35)) continue;
        const browser = createClient({ baseUrl: url, token: () => tokenOf(player) });
        await browser.claimImpression({ params: { messageId } });
      }
    },
  };
}
