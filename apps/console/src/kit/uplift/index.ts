export { SampleRatio } from './sample-ratio.tsx';
export { useMeasure } from './use-measure.ts';
export { Verdict } from './verdict.tsx';
