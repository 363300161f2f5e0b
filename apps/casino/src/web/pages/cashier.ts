import { randomUUID } from 'node:crypto';
import type { DepositCodeResult } from '@promosmith/contract';
import { z } from 'zod';
import { LEAST_DEPOSIT, METHODS, type Method, MOST_DEPOSIT, type Payment } from '../../cashier/cashier.ts';
import type { Casino } from '../../casino.ts';
import { centsOf, euros } from '../../money.ts';
import { check, choice, type Filled, FormId, field, type Problems, summary } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { exclusionText, type Frame, type Page, token } from '../layout.ts';
import type { PlayerVisit, Site } from '../server.ts';
import { noSuchPage } from '../server.ts';

const Amount = z.string().transform((text, context) => {
  const cents = centsOf(text);
  if (cents === undefined) context.addIssue('Please write an amount such as 20 or 20.50.');
  return cents ?? z.NEVER;
});

const Deposit = z.object({
  paymentId: FormId,
  amount: Amount.refine(
    (cents) => cents >= LEAST_DEPOSIT,
    `The smallest deposit is ${euros(LEAST_DEPOSIT)}.`,
  ).refine((cents) => cents <= MOST_DEPOSIT, `The largest deposit is ${euros(MOST_DEPOSIT)}.`),
  method: z.enum(Object.keys(METHODS) as [Method, ...Method[]], 'Please choose how to pay.'),
  code: z
    .string()
    .trim()
    .max(64, 'No code is as long as that.')
    .refine((text) => !/\p{Cc}/u.test(text), 'This is not a code.')
    .default(''),
});

const Withdrawal = z.object({
  paymentId: FormId,
  amount: Amount.refine((cents) => cents >= 100, 'The smallest withdrawal is €1.00.'),
  method: Deposit.shape.method,
});

/** Which of the two forms was sent, and how. */
interface Sent {
  form: 'deposit' | 'withdrawal';
  filled: Filled;
  problems: Problems;
}

export function mountCashier({ forPlayers }: Site, { cashier }: Casino): void {
  const show = ({ player, show }: PlayerVisit, sent: Sent, status = 200) =>
    show(cashierPage(sent, cashier.latest(player.playerId)), status);

  forPlayers('get', '/cashier', (visit) => {
    const { code } = visit.request.query as Filled;
    return show(visit, { form: 'deposit', filled: code ? { code } : {}, problems: {} });
  });

  forPlayers('post', '/cashier/deposits', async (visit) => {
    const { player, filled, goTo } = visit;
    const read = check(Deposit, filled);
    if (!read.ok) return show(visit, { form: 'deposit', filled, problems: read.problems }, 422);
    if (player.excludedUntil) {
      const problems = { '': `${exclusionText(player.excludedUntil)} Nothing was deposited.` };
      return show(visit, { form: 'deposit', filled, problems }, 422);
    }
    const { code, ...payment } = read.value;
    await cashier.deposit({ ...payment, player: player.playerId }, code || undefined);
    return goTo(`/cashier/payments/${payment.paymentId}`);
  });

  forPlayers('post', '/cashier/withdrawals', async (visit) => {
    const { player, filled, goTo } = visit;
    const read = check(Withdrawal, filled);
    if (!read.ok) return show(visit, { form: 'withdrawal', filled, problems: read.problems }, 422);
    await cashier.withdraw({ ...read.value, player: player.playerId });
    const { paymentId } = read.value;
    const payment = cashier.find(player.playerId, paymentId);
    if (payment?.state !== 'refused') return goTo(`/cashier/payments/${paymentId}`);
    const problems = { amount: payment.detail ?? 'This cannot be withdrawn.' };
    // A new try is a payment of its own.
    return show(visit, { form: 'withdrawal', filled: { ...filled, paymentId: randomUUID() }, problems }, 422);
  });

  forPlayers('post', '/cashier/withdrawals/:paymentId/cancel', async ({ player, request, goTo }) => {
    const { paymentId } = request.params as { paymentId: string };
    await cashier.cancel(player.playerId, paymentId);
    return goTo('/cashier');
  });

  forPlayers('get', '/cashier/payments/:paymentId', ({ player, request, show }) => {
    const { paymentId } = request.params as { paymentId: string };
    const payment = cashier.find(player.playerId, paymentId);
    if (!payment) return show(noSuchPage, 404);
    const answer = payment.kind === 'deposit' ? cashier.answerTo(player.playerId, paymentId) : undefined;
    return show(receipt(payment, answer && 'code' in answer ? answer.code : undefined, answer !== undefined));
  });
}

const AMOUNT = {
  name: 'amount',
  label: 'Amount in euros',
  inputmode: 'decimal',
  autocomplete: 'transaction-amount',
};
const DEPOSIT_AMOUNT = {
  ...AMOUNT,
  initial: '20',
  hint: `From ${euros(LEAST_DEPOSIT)} to ${euros(MOST_DEPOSIT)}. Play money: nobody is charged.`,
};
const DEPOSIT_CODE = {
  name: 'code',
  label: 'Promo code',
  required: false,
  maxlength: 64,
  autocomplete: 'off',
  hint: 'It is used with this deposit: TOPUP50 adds half as much again.',
};

const cashierPage =
  ({ form, filled, problems }: Sent, payments: readonly Payment[]) =>
  (frame: Frame): Page => {
    const [put, taken] = form === 'deposit' ? [filled, {}] : [{}, filled];
    const [putProblems, takenProblems] = form === 'deposit' ? [problems, {}] : [{}, problems];
    return {
      title: 'Cashier',
      menu: '/cashier',
      body: html`<h1>Cashier</h1>
<div class="split">
<section class="card" aria-labelledby="deposit"><h2 id="deposit">Deposit</h2>
  ${summary(putProblems)}
  <form method="post" action="/cashier/deposits" class="stack" novalidate>
    ${token(frame)}${idOf(put)}
    ${field(DEPOSIT_AMOUNT, put, putProblems)}
    ${choice({ name: 'method', label: 'Pay by', options: METHODS }, put, putProblems)}
    ${field(DEPOSIT_CODE, put, putProblems)}
    <button class="large">Deposit</button>
  </form>
</section>
<section class="card" aria-labelledby="withdraw"><h2 id="withdraw">Withdraw</h2>
  <p class="hint">${frame.balance && html`You have ${euros(frame.balance.real)} of real money.`} ${
    frame.balance !== undefined &&
    frame.balance.bonus > 0 &&
    html`<strong>Your bonuses end with a withdrawal</strong>, unless their terms say otherwise.`
  }</p>
  ${summary(takenProblems)}
  <form method="post" action="/cashier/withdrawals" class="stack" novalidate>
    ${token(frame)}${idOf(taken)}
    ${field({ ...AMOUNT, id: 'withdraw-amount' }, taken, takenProblems)}
    ${choice({ name: 'method', id: 'withdraw-method', label: 'Pay out to', options: METHODS }, taken, takenProblems)}
    <button class="large quiet">Withdraw</button>
  </form>
</section>
</div>
<section aria-labelledby="code-only"><h2 id="code-only">A code for later</h2>
  <p class="hint">Used now; its bonus comes with your next deposit.</p>
  <promosmith-code channel="cashier"></promosmith-code>
</section>
<section aria-labelledby="payments"><h2 id="payments">Payments</h2>${paymentTable(frame, payments)}</section>`,
    };
  };

const idOf = ({ paymentId }: Filled): Html =>
  html`<input type="hidden" name="paymentId" value="${paymentId ?? randomUUID()}">`;

const STATES: Readonly<Record<Payment['state'], string>> = {
  sent: 'Received',
  asked: 'On its way',
  requested: 'Being paid out',
  refused: 'Refused',
  paid: 'Paid out',
  cancelled: 'Cancelled',
};

function paymentTable(frame: Frame, payments: readonly Payment[]): Html {
  if (payments.length === 0) return html`<p class="empty">Nothing yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="payments"><table>
<thead><tr><th scope="col">When, UTC</th><th scope="col">What</th><th scope="col" class="number">Amount</th>
  <th scope="col">State</th><th scope="col"><span class="hidden">Do</span></th></tr></thead>
<tbody>${payments.map(
    ({ paymentId, kind, amount, state, createdAt }) => html`<tr>
  <td>${shortTime(createdAt)}</td>
  <td><a href="/cashier/payments/${paymentId}">${kind === 'deposit' ? 'Deposit' : 'Withdrawal'}</a></td>
  <td class="number">${euros(amount)}</td><td>${STATES[state]}</td>
  <td>${
    state === 'requested' &&
    html`<form method="post" action="/cashier/withdrawals/${paymentId}/cancel">${token(frame)}<button class="quiet small">Cancel<span class="hidden"> ${euros(amount)}</span></button>
    </form>`
  }</td>
</tr>`,
  )}</tbody></table></div>`;
}

export const shortTime = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 19)}`;

function receipt(payment: Payment, code: DepositCodeResult | undefined, isAnswered: boolean): Page {
  const { kind, amount, method, state, detail } = payment;
  const title = kind === 'deposit' ? 'Deposit' : 'Withdrawal';
  return {
    title,
    menu: '/cashier',
    body: html`<section class="card narrow">
<h1>${title}: ${euros(amount)}</h1>
<dl class="facts">
  <dt>State</dt><dd>${kind === 'deposit' && !isAnswered ? 'Received, and on its way to your balance' : STATES[state]}</dd>
<dt>Method</dt><dd>${METHODS[method as Method]}</dd>
${payment.code !== null && html`<dt>Code</dt><dd><code>${payment.code}</code></dd>`}
<dt>Reference</dt><dd><code>${payment.paymentId}</code></dd></dl>
${detail !== null && html`<p class="notice bad">${detail}</p>`}
${payment.code !== null && codeNotice(code)}
<p class="actions"><a class="button" href="/">Play</a> <a class="button quiet" href="/bonuses">My bonuses</a></p>
</section>`,
  };
}

/** How a code came out that was given with a deposit. The deposit is taken either way. */
function codeNotice(code: DepositCodeResult | undefined): Html {
  if (!code) return html`<p class="notice plain">Your code is being checked.</p>`;
  if (code.outcome === 'accepted')
    return html`<p class="notice good" role="status">Your code was taken, and the bonus is on your balance.</p>`;
  if (code.outcome === 'awaiting_deposit')
    return html`<p class="notice plain" role="status">Your code was taken, but this deposit does not pay for it${code.message && html`: ${code.message}`} It waits for the next one.</p>`;
  if (code.outcome === 'in_review')
    return html`<p class="notice plain" role="status">Your code was taken. We look at it before the bonus is yours.</p>`;
  return html`<p class="notice bad" role="status">Your deposit is there, but the code was not taken: ${code.message ?? 'it was refused.'}</p>`;
}
