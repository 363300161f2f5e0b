const ID = '01932f0e-7a4c-7c3e-9d55-0e6b1f2a3c4d';
const INSTANT = '2026-04-01T00:00:00Z';

const player = { player: 'p-1042', currency: 'EUR' };
const play = { roundId: 'round-9', game: 'book-of-codes', category: 'slots', provider: 'acme-games' };
const reason = 'Asked for by chat';

/** Requests about bonuses and what moves them, by operation id. */
export const BONUS_EXAMPLES: Readonly<Record<string, unknown>> = {
  placeWalletBet: { transactionId: 'bet-77', ...player, amount: 250, ...play },
  payWalletWin: { transactionId: 'win-77', ...player, amount: 400, ...play },
  rollBackWalletPlay: { transactionId: 'rollback-77', ...player, roundId: 'round-9' },
  makeWalletDeposit: { transactionId: '88231', ...player, amount: 5_000, method: 'card' },
  requestWalletWithdrawal: { transactionId: 'w-12', ...player, amount: 2_033 },
  payWalletWithdrawal: player,
  cancelWalletWithdrawal: player,
  grantByHand: { ...player, campaignId: ID, amount: 500, reason: 'Goodwill: a game broke' },
  cancelGrant: { reason },
  extendGrant: { expiresAt: INSTANT, reason },
  reinstateGrant: { reason },
  cancelFreeSpins: { reason },
  putFreeRoundProvider: {
    shape: 'hmac256',
    baseUrl: 'https://games.example/api',
    accountId: 'lucky-star',
    secret: 'from-the-provider',
  },
  setBonusEngine: { keeper: 'outside', url: 'https://engine.example/promosmith' },
  rotateBonusEngineSecret: { overlapSeconds: 86_400 },
  createTournament: { key: 'slot-race', name: 'Slot race of April', endsAt: INSTANT, seats: 100 },
  updateTournament: { endsAt: INSTANT, seats: 200 },
  cancelTournament: { reason: 'The game is out of order' },
  useTicket: { reference: 'entry-4711' },
  createDraw: {
    key: 'spring-car',
    name: 'Win a car',
    closesAt: INSTANT,
    prizes: [
      { name: 'A car', winners: 1 },
      { name: 'A mug', winners: 50 },
    ],
  },
  putSpecialEndpoint: { url: 'https://gifts.example/promosmith' },
  rotateSpecialEndpointSecret: { overlapSeconds: 86_400 },
  closeAdjustment: { note: '4.00 taken off the balance by hand, as agreed with the player' },
};
