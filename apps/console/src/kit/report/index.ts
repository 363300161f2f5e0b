export { Bars } from './bars.tsx';
export { DaysChart } from './days-chart.tsx';
export { Figure } from './figure.tsx';
export { MoneyTable } from './money-table.tsx';
export { Moved } from './moved.tsx';
export { PeriodPicker } from './period.tsx';
export { PrintButton } from './print-button.tsx';
