import { type Client, NoAnswerError, ProblemError } from '@promosmith/client';
import type { Casino } from '../casino.ts';
import { CURRENCY, euros } from '../money.ts';
import type { NewPlayer, Player } from './players.ts';

export interface Joining {
  code?: string;
  /** Agreed to marketing. */
  news: boolean;
  /** The player's address: activations are judged by it. */
  ip?: string;
}

type Activation = Awaited<ReturnType<Client['activateCode']>>;

/** What is offered by these channels, when somebody agrees. */
const NEWS_BY = ['email', 'popup', 'inbox'] as const;

/**
 * Makes an account, tells Promosmith of the player, and uses the code.
 * @returns undefined when somebody has the address already.
 */
export async function registerPlayer(
  casino: Casino,
  data: NewPlayer,
  joining: Joining,
): Promise<Player | undefined> {
  const { players, telling, notices } = casino;
  const player = await players.register(data, ({ playerId, registeredAt }) =>
    telling.note({
      id: `registered-${playerId}`,
      type: 'player.registered',
      player: playerId,
      data: {
        email: data.email,
        country: data.country,
        birthDate: data.birthDate,
        currency: CURRENCY,
        language: 'en',
        registeredAt,
      },
    }),
  );
  if (!player) return undefined;
  try {
    await telling.send();
    if (joining.news) await agreeToNews(casino, player);
    if (joining.code) {
      const { tone, text } = await useCode(casino.promosmith, player, joining.code, joining.ip);
      notices.leave(player.playerId, tone, text);
    }
  } catch (error) {
    // The account is made whatever Promosmith says. It hears of the player as soon as it can be reached.
    if (!(error instanceof NoAnswerError || error instanceof ProblemError)) throw error;
    notices.leave(
      player.playerId,
      'bad',
      'Your account is made. Codes cannot be used at the moment: try yours later.',
    );
  }
  return player;
}

const agreeToNews = ({ promosmith }: Casino, { playerId }: Player) =>
  promosmith.setConsents({
    params: { externalId: playerId },
    body: {
      consents: NEWS_BY.map((channel) => ({ product: 'casino', channel, granted: true })),
      source: 'registration form',
    },
  });

/** Uses a code for a new player. A refusal is no failure: the account is made, and the player is told why. */
async function useCode(
  promosmith: Client,
  { playerId }: Player,
  code: string,
  ip: string | undefined,
): Promise<{ tone: 'good' | 'bad'; text: string }> {
  try {
    const activation = await promosmith.activateCode({
      // Stands for the player's intention: repeated after a crash, it is the same activation.
      headers: { 'idempotency-key': `registration-${playerId}` },
      body: { code, player: { id: playerId }, channel: 'registration', ...(ip && { ip }) },
    });
    return { tone: 'good', text: `${code} is yours: ${describe(activation)}.` };
  } catch (error) {
    if (!(error instanceof ProblemError) || error.status !== 422) throw error;
    return { tone: 'bad', text: `Your account is made, but the code was not taken: ${error.message}` };
  }
}

function describe({ outcome, grants }: Activation): string {
  if (outcome === 'awaiting_deposit') return 'the bonus comes with your deposit';
  if (outcome === 'in_review') return 'we look at it before the bonus is yours';
  const parts = grants.map(({ kind, amount }) =>
    kind === 'free_spins'
      ? 'free spins'
      : amount > 0
        ? `a bonus of ${euros(amount)}`
        : kind.replace('_', ' '),
  );
  return parts.join(' and ');
}
