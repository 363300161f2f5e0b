import { randomBytes } from 'node:crypto';
import { registerPlayer } from './accounts/register.ts';
import type { Casino } from './casino.ts';

export interface DemoPlayer {
  email: string;
  password: string;
}

const ANNA = {
  email: 'anna@demo.example',
  name: 'Anna',
  country: 'DE',
  birthDate: '1990-04-12',
};
const PASSWORD_BYTES = 9;

/** Somebody to sign in as, unless she is there. Her password is kept, so that later starts can show it again. */
export async function makeDemoPlayer(casino: Casino): Promise<DemoPlayer> {
  const { store, players } = casino;
  const password = store.kept('demo_password', () => randomBytes(PASSWORD_BYTES).toString('base64url'));
  if (!players.isKnown(ANNA.email)) await registerPlayer(casino, { ...ANNA, password }, { news: true });
  return { email: ANNA.email, password };
}
