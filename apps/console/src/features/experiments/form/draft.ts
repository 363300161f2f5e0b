import type { UseFormReturnType } from '@mantine/form';
import type { Call } from '../../../api/index.ts';

export const METRICS = ['ngr', 'ggr', 'deposited', 'depositors', 'active'] as const;
export const TREATMENTS = ['nothing', 'campaign', 'batch', 'journey'] as const;

export interface Arm {
  readonly id: number;
  readonly name: string;
  /** Basis points of the players. */
  readonly weightBps: number | undefined;
  readonly treatment: (typeof TREATMENTS)[number];
  /** Of the campaign, batch or journey. */
  readonly of: string | undefined;
}

/** An experiment as its form holds it. The first arm is the one that others are compared with. */
export interface Draft {
  readonly name: string;
  readonly metric: (typeof METRICS)[number];
  readonly method: 'sequential' | 'fixed';
  readonly windowDays: number;
  readonly expectedPlayers: number;
  /** Empty: everybody. */
  readonly segment: string;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
  readonly arms: readonly Arm[];
}

export const newDraft = (names: { control: string; treated: string }): Draft => ({
  ...{ name: '', metric: 'ngr', method: 'sequential', windowDays: 7, expectedPlayers: 10_000 },
  ...{ segment: '', startsAt: null, endsAt: null },
  arms: [
    { id: 0, name: names.control, weightBps: 5_000, treatment: 'nothing', of: undefined },
    { id: 1, name: names.treated, weightBps: 5_000, treatment: 'campaign', of: undefined },
  ],
});

export const newArm = (arms: readonly Arm[]): Arm => ({
  ...{ id: Math.max(-1, ...arms.map(({ id }) => id)) + 1, name: '', treatment: 'campaign', of: undefined },
  weightBps: Math.max(1, 10_000 - arms.reduce((sum, { weightBps = 0 }) => sum + weightBps, 0)),
});

type Input = Call<'createExperiment'>['body'];

function treatmentOf({ treatment, of = '' }: Arm): Input['arms'][number]['treatment'] {
  switch (treatment) {
    case 'nothing':
      return { kind: 'nothing' };
    case 'campaign':
      return { kind: 'campaign', campaignId: of };
    case 'batch':
      return { kind: 'batch', batchId: of };
    case 'journey':
      return { kind: 'journey', journeyId: of };
  }
}

const keyOf = (index: number): string => (index === 0 ? 'control' : `arm-${index}`);

export const inputOf = ({ arms, segment, startsAt, endsAt, ...said }: Draft): Input => ({
  ...said,
  arms: arms.map((arm, index) => ({
    ...{ key: keyOf(index), name: arm.name, weightBps: arm.weightBps ?? 0 },
    treatment: treatmentOf(arm),
  })),
  baseline: keyOf(0),
  population: segment.trim() === '' ? { kind: 'everyone' } : { kind: 'segment', segment: segment.trim() },
  ...(startsAt !== null && { startsAt }),
  endsAt,
});

export type ExperimentFormOf = UseFormReturnType<Draft>;
