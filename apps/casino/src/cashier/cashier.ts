import { type Client, ProblemError } from '@promosmith/client';
import type { PlatformEventResult } from '@promosmith/contract';
import { CURRENCY } from '../money.ts';
import type { Telling } from '../promosmith/telling.ts';
import type { Store } from '../store.ts';

export const METHODS = { card: 'Card', bank: 'Bank transfer', wallet: 'E-wallet' } as const;
export type Method = keyof typeof METHODS;

/** Cents. */
export const LEAST_DEPOSIT = 500;
export const MOST_DEPOSIT = 500_000;

export interface Payment {
  paymentId: string;
  kind: 'deposit' | 'withdrawal';
  amount: number;
  method: string;
  code: string | null;
  state: 'sent' | 'asked' | 'requested' | 'refused' | 'paid' | 'cancelled';
  /** Why it was refused. */
  detail: string | null;
  createdAt: string;
}

interface PaymentRow {
  payment_id: string;
  player_id: string;
  kind: Payment['kind'];
  amount: number;
  method: string;
  code: string | null;
  state: Payment['state'];
  detail: string | null;
  created_at: string;
}

const paymentOf = (row: PaymentRow): Payment => ({
  paymentId: row.payment_id,
  kind: row.kind,
  amount: row.amount,
  method: row.method,
  code: row.code,
  state: row.state,
  detail: row.detail,
  createdAt: row.created_at,
});

export interface NewPayment {
  /** Made with the form: sent twice, it is one payment. */
  paymentId: string;
  player: string;
  /** Cents. */
  amount: number;
  method: Method;
}

const REFUSALS: Readonly<Record<string, string>> = {
  insufficient_funds: 'You have less real money than that. Bonus money cannot be withdrawn.',
  withdrawal_blocked: 'A bonus of yours allows no withdrawal before it is wagered.',
};

const SHOWN = 20;

export type Cashier = ReturnType<typeof createCashier>;

/** Money in and out. The payment service is imagined: every payment succeeds. */
export function createCashier(store: Store, promosmith: Client, telling: Telling) {
  const rowOf = (player: string, paymentId: string) =>
    store.one<PaymentRow>('select * from payments where player_id = ? and payment_id = ?', player, paymentId);

  const insert = (kind: Payment['kind'], state: string, payment: NewPayment, code: string | null): boolean =>
    store.run(
      `insert into payments (payment_id, player_id, kind, amount, method, code, state, created_at)
       values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (player_id, payment_id) do nothing`,
      ...[payment.paymentId, payment.player, kind, payment.amount, payment.method, code, state],
      new Date().toISOString(),
    ) === 1;

  const setState = (
    player: string,
    paymentId: string,
    state: Payment['state'],
    detail: string | null = null,
  ) =>
    store.run(
      'update payments set state = ?, detail = ? where player_id = ? and payment_id = ?',
      ...[state, detail, player, paymentId],
    );

  const depositEvent = (paymentId: string) => `deposit-${paymentId}`;

  async function request(row: PaymentRow): Promise<void> {
    const { payment_id: transactionId, player_id: player, amount } = row;
    try {
      await promosmith.requestWalletWithdrawal({
        body: { transactionId, player, currency: CURRENCY, amount },
      });
      setState(player, transactionId, 'requested');
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setState(player, transactionId, 'refused', REFUSALS[error.key] ?? error.message);
    }
  }

  async function close(player: string, paymentId: string, as: 'paid' | 'cancelled'): Promise<boolean> {
    const row = rowOf(player, paymentId);
    if (row?.kind !== 'withdrawal' || row.state !== 'requested') return false;
    const call = { params: { withdrawalId: paymentId }, body: { player, currency: CURRENCY } };
    await (as === 'paid' ? promosmith.payWalletWithdrawal(call) : promosmith.cancelWalletWithdrawal(call));
    setState(player, paymentId, as);
    return true;
  }

  return {
    /**
     * Takes a deposit, and tells Promosmith of it in the same breath, with the code if there is one: the code is used
     * first, and paid by this deposit.
     */
    async deposit(payment: NewPayment, code: string | undefined): Promise<void> {
      const { paymentId, player, amount, method } = payment;
      store.together(() => {
        if (!insert('deposit', 'sent', payment, code ?? null)) return;
        telling.note({
          id: depositEvent(paymentId),
          type: 'deposit.succeeded',
          player,
          data: { depositId: paymentId, amount, currency: CURRENCY, method, ...(code && { code }) },
        });
      });
      await telling.trySending();
    },

    /** What Promosmith said to a deposit; undefined while it has not. */
    answerTo: (player: string, paymentId: string): PlatformEventResult | undefined =>
      telling.answerTo(player, depositEvent(paymentId)),

    async withdraw(payment: NewPayment): Promise<void> {
      if (!insert('withdrawal', 'asked', payment, null)) return;
      const row = rowOf(payment.player, payment.paymentId);
      if (row) await request(row);
    },

    /** @returns false when there is nothing to be cancelled. */
    cancel: (player: string, paymentId: string) => close(player, paymentId, 'cancelled'),
    /** @returns false when there is nothing to be paid. */
    pay: (player: string, paymentId: string) => close(player, paymentId, 'paid'),

    find(player: string, paymentId: string): Payment | undefined {
      const row = rowOf(player, paymentId);
      return row && paymentOf(row);
    },

    /** Newest first. */
    latest: (player: string): Payment[] =>
      store
        .all<PaymentRow>(
          'select * from payments where player_id = ? order by created_at desc, payment_id limit ?',
          player,
          SHOWN,
        )
        .map(paymentOf),

    /** Asks again for withdrawals whose answer never came: the wallet knows them by their id. */
    async requestStranded(): Promise<void> {
      for (const row of store.all<PaymentRow>(`select * from payments where state = 'asked'`))
        await request(row);
    },
  };
}
