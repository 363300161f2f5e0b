import { SignJWT } from 'jose';

const LIFE_SECONDS = 300;

export interface PlayerToken {
  token: string;
  expiresInSeconds: number;
}

/**
 * A player token: it lets the widget in a browser act as this player, and nobody else, for a few minutes.
 * @param brand slug of the brand.
 * @param secret shared with Promosmith, see `connect.ts`.
 */
export async function playerToken(brand: string, secret: string, playerId: string): Promise<PlayerToken> {
  const token = await new SignJWT({ brand })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(playerId)
    .setIssuedAt()
    .setExpirationTime(`${LIFE_SECONDS}s`)
    .sign(new TextEncoder().encode(secret));
  return { token, expiresInSeconds: LIFE_SECONDS };
}
