export { BandBadge } from './band-badge.tsx';
export { type Finding, findingsIn } from './evidence.ts';
export { Findings } from './findings.tsx';
export { ScoreBar } from './score-bar.tsx';
