import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { isServerProcess, joinScrapes } from './processes/server-process.ts';

/** Prometheus metrics. Features add theirs through these three makers. */
export interface Metrics {
  counter(name: string, help: string, labels?: string[]): Counter;
  /** @param read sets what is true of this process alone: the values of several are added up. */
  gauge(name: string, help: string, read: (gauge: Gauge) => void): void;
  /** @param buckets upper bounds in the unit the name ends in. */
  histogram(name: string, help: string, buckets: number[], labels?: string[]): Histogram;
  /** Of this process, or of all together where it is one of several. */
  text(): Promise<string>;
  readonly contentType: string;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: labels, registers }),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        collect() {
          read(this);
        },
      });
    },
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ name, help, buckets, labelNames: labels, registers }),
    text: isServerProcess ? joinScrapes(() => registry.getMetricsAsJSON()) : () => registry.metrics(),
    contentType: registry.contentType,
  };
}
