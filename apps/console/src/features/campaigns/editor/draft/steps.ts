/** The steps of the editor, in their order. */
export const STEPS = ['offer', 'audience', 'limits', 'schedule', 'terms', 'codes', 'review'] as const;
export type Step = (typeof STEPS)[number];

const STEP_OF: Readonly<Record<string, Step>> = {
  ...{ name: 'offer', product: 'offer', rewards: 'offer' },
  ...{ audience: 'audience', traffic: 'audience' },
  ...{ limits: 'limits', budget: 'limits', exclusive: 'limits', exclusiveGroup: 'limits', risk: 'limits' },
  ...{ schedule: 'schedule', markets: 'terms', terms: 'terms' },
};

/** Where a field is edited. @param path such as `rewards.0.cap`. */
export const stepOf = (path: string): Step => STEP_OF[path.split('.', 1)[0] ?? ''] ?? 'review';

export const isStep = (text: string | undefined): text is Step => STEPS.some((step) => step === text);

export const stepAfter = (step: Step): Step => STEPS[STEPS.indexOf(step) + 1] ?? 'review';
export const stepBefore = (step: Step): Step | undefined => STEPS[STEPS.indexOf(step) - 1];
