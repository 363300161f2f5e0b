import { useDebouncedValue } from '@mantine/hooks';
import type { CampaignInput, CampaignWarning, FieldProblem } from '@promosmith/contract';
import { useQuery } from '@tanstack/react-query';
import { type Answer, ProblemError, send } from '../../../api/index.ts';
import { learnToSay, sayFault } from '../../../texts/index.ts';
import { withoutName } from './draft/definition.ts';

const TYPING_MS = 500;

/** What the server says to a campaign as it is typed. */
export interface Verdict {
  /** Why it can't be saved. */
  readonly faults: readonly FieldProblem[];
  /** Why it can be saved, but not run. */
  readonly notReady: readonly FieldProblem[];
  readonly warnings: readonly CampaignWarning[];
  readonly secondPerson: string | null;
  /** What it may cost; none while it can't be saved. */
  readonly liability: Answer<'previewLiability'>['currencies'];
}

const NOTHING: Verdict = { faults: [], notReady: [], warnings: [], secondPerson: null, liability: [] };

/** Of a body that is not even of the right form, the answer is a problem: its faults are told like others. */
const faultsOf = (error: unknown): readonly FieldProblem[] => {
  if (error instanceof ProblemError && error.problem.errors) return error.problem.errors;
  throw error;
};

/** Asks the server at once. @throws when there was no answer. */
export async function judge(values: CampaignInput, signal?: AbortSignal): Promise<Verdict> {
  const body = withoutName(values);
  const call = { body, ...(signal ? { signal } : {}) };
  const say = await learnToSay();
  const said = sayFault(say);
  const unnamed: readonly FieldProblem[] =
    values.name.trim() === '' ? [said({ field: 'name', reason: 'is missing' })] : [];
  try {
    const verdict = await send('judgeCampaign', call);
    const { currencies } =
      verdict.faults.length === 0 ? await send('previewLiability', call) : { currencies: [] };
    return {
      ...verdict,
      faults: [...unnamed, ...verdict.faults.map(said)],
      notReady: verdict.notReady.map(said),
      secondPerson: verdict.secondPerson && say(verdict.secondPerson),
      liability: currencies,
    };
  } catch (error) {
    return { ...NOTHING, faults: [...unnamed, ...faultsOf(error)] };
  }
}

/**
 * What the server says, a moment after typing stops; the last word stands until there is a new one.
 * @param isBegun nothing is asked about an empty form.
 */
export function useVerdict(values: CampaignInput, isBegun: boolean): Verdict {
  const [asked] = useDebouncedValue(values, TYPING_MS);
  const { data } = useQuery({
    queryKey: ['judgeCampaign', asked],
    queryFn: ({ signal }) => judge(asked, signal),
    enabled: isBegun,
    placeholderData: (last) => last,
  });
  return data ?? NOTHING;
}
