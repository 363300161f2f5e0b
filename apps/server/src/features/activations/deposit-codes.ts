import { ActivationRequest, type DepositCodeResult, IS_HUMAN } from '@promosmith/contract';
import { REFUSALS, type RefusalKey } from '@promosmith/core/activation';
import type { Database } from '../../platform/db.ts';
import type { Origin } from '../../platform/outbox.ts';
import type { DepositCodes, DepositWithCode } from '../events/index.ts';
import { refusedProblem } from './answers.ts';
import { keyOfDeposit } from './awaiting.ts';
import type { ActivationService } from './service.ts';

/**
 * Uses codes that players give with a deposit. They are decided on before the deposit counts, as if they had been
 * entered just before it, under a key of the deposit's own: told again, the deposit finds the same activation.
 */
export function createDepositCodes(db: Database, service: ActivationService): DepositCodes {
  return {
    use: (deposits, origin) => Promise.all(deposits.map((deposit) => use(service, deposit, origin))),

    async settled(results) {
      const waiting = results.flatMap(({ outcome, activationId }) =>
        outcome === 'awaiting_deposit' && activationId !== null ? [activationId] : [],
      );
      if (waiting.length === 0) return [...results];
      const { rows } = await db.query<{ id: string; outcome: string; key: RefusalKey | null }>(
        `select activation_id as id, outcome, refusal_key as key from activations where activation_id = any($1::uuid[])`,
        [waiting],
      );
      const found = new Map(rows.map((row) => [row.id, row]));
      return results.map((result) => {
        const { outcome, key } = found.get(result.activationId ?? '') ?? {};
        if (outcome === 'accepted') return { ...result, outcome };
        return key ? { ...result, key, message: REFUSALS[key] } : result;
      });
    },
  };
}

async function use(
  service: ActivationService,
  { brandId, player, data }: DepositWithCode,
  { actor, correlationId }: Origin,
): Promise<DepositCodeResult> {
  const request = ActivationRequest.parse({
    code: data.code,
    player: { id: player, currency: data.currency },
    channel: 'cashier',
  });
  // Who paid for it is no machine that guesses.
  const headers = { 'idempotency-key': keyOfDeposit(data.depositId), 'promosmith-proof': IS_HUMAN };
  const answer = await service.activate(request, headers, {
    caller: { brandId, actor },
    requestId: correlationId,
    ip: '',
  });
  if (!answer.ok) {
    const { key, message } = answer.refusal;
    return { outcome: 'refused', activationId: null, key, message };
  }
  const { activationId, decided } = answer.value;
  if (decided !== 'refused') return { outcome: decided, activationId };
  const { key, message } = refusedProblem(answer.value, 'staff');
  return { outcome: 'refused', activationId, key, message };
}
