export { Bars } from './bars.tsx';
export { DaysChart } from './days-chart.tsx';
export { Figure } from './figure.tsx';
export { PeriodPicker } from './period.tsx';
