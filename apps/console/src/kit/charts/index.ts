export { Chart, type TableTwin } from './chart.tsx';
export { Definition } from './definition.tsx';
export { Funnel, type FunnelStep } from './funnel.tsx';
export { HeatMap, type HeatRow } from './heat-map.tsx';
export { type Interval, Intervals } from './intervals.tsx';
export { Lines, type OneLine } from './lines.tsx';
export { type Part, Parts } from './parts.tsx';
