import type { Worker } from 'node:cluster';
import { AggregatorRegistry } from 'prom-client';
import type { Report, ToPrimary, ToServer } from './messages.ts';

/** How long a busy process may take to report before its last report stands for it. */
const PATIENCE_MS = 1000;

/** The metrics of all server processes together. In the primary. */
export interface Totals {
  /** @returns Prometheus text: sums, but for what prom-client says is an average, a least or a most. */
  text(workers: readonly Worker[]): Promise<string>;
  /** What a process counted goes on to count after its end: a counter that fell would look like a restart. */
  keep(worker: Worker): void;
}

const counts = (report: Report): Report =>
  report.filter(({ type }) => ['counter', 'histogram'].includes(String(type)));

export function createTotals(): Totals {
  const latest = new Map<number, Report>();
  let ended: Promise<Report> = Promise.resolve([]);
  let measurements = 0;

  function measure(worker: Worker): Promise<void> {
    const id = ++measurements;
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        worker.off('message', onMessage).off('exit', done);
        resolve();
      };
      const onMessage = (message: ToPrimary) => {
        if (message.kind !== 'report' || message.id !== id) return;
        latest.set(worker.id, message.report);
        done();
      };
      const timer = setTimeout(done, PATIENCE_MS);
      worker.on('message', onMessage).once('exit', done);
      tellServer(worker, { kind: 'measure', id });
    });
  }

  return {
    async text(workers) {
      await Promise.all(workers.map(measure));
      const [past, present] = [ended, [...latest.values()]];
      return AggregatorRegistry.aggregate([await past, ...present]).metrics();
    },
    keep(worker) {
      const report = latest.get(worker.id);
      latest.delete(worker.id);
      if (report)
        ended = ended.then((past) => AggregatorRegistry.aggregate([past, counts(report)]).getMetricsAsJSON());
    },
  };
}

/** A process that ends just now does not get it, and that it ended is told by its `exit`. */
export function tellServer(worker: Worker, message: ToServer): void {
  worker.send(message, () => undefined);
}
