// What is counted, by Prometheus' conventions (prometheus.io/docs/practices/naming). The library is loaded when somebody
// asks, or when much has been counted; what is counted before waits for it.
import type { Registry } from 'prom-client';

const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

const COUNTERS = {
  emcee_messages_total: { help: 'Messages that came in, by adapter.', labels: ['adapter'] },
  emcee_answers_total: { help: 'Answers, by adapter and kind (code, search, none …).', labels: ['adapter', 'kind'] },
  emcee_attempts_total: {
    help: 'Ends of attempts to send, by adapter, kind of delivery and outcome.',
    labels: ['adapter', 'kind', 'outcome'],
  },
} as const;
const HISTOGRAMS = {
  emcee_answer_duration_seconds: { help: 'From a message to its answer being kept.', labels: ['adapter'] },
  emcee_send_duration_seconds: { help: 'From a claimed delivery to the platform’s answer.', labels: ['adapter', 'outcome'] },
} as const;

type CounterName = keyof typeof COUNTERS;
type HistogramName = keyof typeof HISTOGRAMS;
type Labels = Record<string, string>;

/** A figure that is read when somebody asks. */
export interface Gauge {
  name: string;
  help: string;
  labels: string[];
  values: { labels: Labels; value: number }[];
}

const MOST_WAITING = 10_000;

export class Metrics {
  #waiting: ((registry: Registry) => void)[] = [];
  #registry: Promise<Registry> | undefined;
  #ready: Registry | undefined;

  count(name: CounterName, labels: Labels): void {
    this.#do((registry) => (registry.getSingleMetric(name) as import('prom-client').Counter).inc(labels));
  }

  observe(name: HistogramName, labels: Labels, seconds: number): void {
    this.#do((registry) => (registry.getSingleMetric(name) as import('prom-client').Histogram).observe(labels, seconds));
  }

  /** Prometheus' text format, with these gauges. */
  async text(gauges: readonly Gauge[]): Promise<{ type: string; body: string }> {
    const registry = await this.load();
    const { Gauge } = await import('prom-client');
    for (const { name, help, labels, values } of gauges) {
      const gauge =
        (registry.getSingleMetric(name) as import('prom-client').Gauge | undefined) ??
        new Gauge({ name, help, labelNames: labels, registers: [registry] });
      gauge.reset();
      for (const each of values) gauge.set(each.labels, each.value);
    }
    return { type: registry.contentType, body: await registry.metrics() };
  }

  load(): Promise<Registry> {
    this.#registry ??= (async () => {
      const { collectDefaultMetrics, Counter, Histogram, Registry } = await import('prom-client');
      const registry = new Registry();
      collectDefaultMetrics({ register: registry });
      for (const [name, { help, labels }] of Object.entries(COUNTERS))
        new Counter({ name, help, labelNames: labels, registers: [registry] });
      for (const [name, { help, labels }] of Object.entries(HISTOGRAMS))
        new Histogram({ name, help, labelNames: labels, buckets: SECONDS, registers: [registry] });
      this.#ready = registry;
      for (const work of this.#waiting) work(registry);
      this.#waiting = [];
      return registry;
    })();
    return this.#registry;
  }

  #do(work: (registry: Registry) => void): void {
    if (this.#ready) {
      work(this.#ready);
      return;
    }
    this.#waiting.push(work);
    // Nobody has asked yet, and it is getting much: from now on the library counts. Nothing is left out.
    if (this.#waiting.length >= MOST_WAITING) void this.load();
  }
}
