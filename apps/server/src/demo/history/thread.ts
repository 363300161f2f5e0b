import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { HistoryOrder } from './index.ts';
import { installToldTime } from './told-time.ts';

// What is compiled here need not be compiled again by the server that is started next.
enableCompileCache();
// Before the application is loaded: what keeps `Date` for itself keeps the told one.
const order = workerData as HistoryOrder;
const tellThread = installToldTime(order.from);
const { live } = await import('./live.ts');

await live(order, tellThread, (day) => parentPort?.postMessage(day));
