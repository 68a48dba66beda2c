/** What is counted of every request, and how Prometheus gets to see it. */

import { Counter, Gauge, Histogram, type HistogramConfiguration, type Registry } from 'prom-client';
import type { Traffic } from '../http/traffic.ts';
import { BUCKETS, Latency } from './latency.ts';

/** A request that is over. */
export interface EndedRequest {
  /** The template that its route was made with, never its address; undefined when no route took it. */
  readonly route: string | undefined;
  readonly method: string;
  readonly status: number;
  /** The client went away before it had the whole answer. */
  readonly isAborted: boolean;
  readonly milliseconds: number;
  /** What the `X-Cache` of the answer says. */
  readonly cache: string | undefined;
}

/** What no route took, all of it: a scanner asks for thousands of addresses, and each would stay a time series. */
const UNKNOWN_ROUTE = 'unknown';

/** Node's parser lets through some forty methods. */
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']);

const PREFIX = 'mvp_platform_http_';

interface Series {
  readonly labels: { readonly method: string; readonly route: string };
  readonly latency: Latency;
  readonly codes: Map<number | 'aborted', number>;
  readonly caches: Map<string, number>;
}

/**
 * Counts requests. Counting one takes 0.05 µs where prom-client's own counter and histogram, which build a key of the
 * labels for each observation, take 0.5 µs together: so they get the numbers only when somebody asks for them.
 */
export class RequestMetrics {
  readonly #series = new Map<string, Map<string, Series>>();

  count({ route = UNKNOWN_ROUTE, method, status, isAborted, milliseconds, cache }: EndedRequest): void {
    const { latency, codes, caches } = this.#seriesOf(route, METHODS.has(method) ? method : 'other');
    latency.observe(milliseconds / 1000);
    increment(codes, isAborted ? 'aborted' : status);
    if (cache !== undefined) increment(caches, cache);
  }

  register(registry: Registry, traffic: Pick<Traffic, 'size' | 'shed'>): void {
    const registers = [registry];
    const labelNames = ['method', 'route'];
    const all = (): Series[] => [...this.#series.values()].flatMap((methods) => [...methods.values()]);
    new Counter({
      name: `${PREFIX}requests_total`,
      help: 'Requests answered, by route template, method and status code; "aborted": the client did not wait for the end.',
      labelNames: [...labelNames, 'code'],
      registers,
      collect() {
        this.reset();
        for (const { labels, codes } of all()) {
          for (const [code, count] of codes) this.inc({ ...labels, code }, count);
        }
      },
    });
    new Counter({
      name: `${PREFIX}cache_answers_total`,
      help: 'Answers of routes with a cache, by where they came from: hit, miss, or stale (kept, while the database is away).',
      labelNames: [...labelNames, 'result'],
      registers,
      collect() {
        this.reset();
        for (const { labels, caches } of all()) {
          for (const [result, count] of caches) this.inc({ ...labels, result: result.toLowerCase() }, count);
        }
      },
    });
    new Gauge({
      name: `${PREFIX}requests_in_flight`,
      help: 'Requests under way.',
      registers,
      collect() {
        this.set(traffic.size);
      },
    });
    new Counter({
      name: `${PREFIX}requests_shed_total`,
      help: 'Requests turned away with 503 because MAX_REQUESTS, or too many streams, were under way.',
      registers,
      collect() {
        this.reset();
        this.inc(traffic.shed);
      },
    });
    registry.registerMetric(new LatencyHistogram(all));
  }

  #seriesOf(route: string, method: string): Series {
    const methods = this.#series.get(route) ?? new Map<string, Series>();
    let series = methods.get(method);
    if (series === undefined) {
      series = { labels: { method, route }, latency: new Latency(), codes: new Map(), caches: new Map() };
      this.#series.set(route, methods.set(method, series));
    }
    return series;
  }
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

type Labels = 'method' | 'route';

const DURATION: HistogramConfiguration<Labels> = {
  name: `${PREFIX}request_duration_seconds`,
  help: 'Seconds from the head of a request to the last byte of its answer, by route template and method.',
  labelNames: ['method', 'route'],
  buckets: [...BUCKETS],
  registers: [],
};

/** prom-client's histogram as the registry knows it, told what was counted elsewhere. */
class LatencyHistogram extends Histogram<Labels> {
  readonly #all: () => Series[];
  /** One that counts nothing: how prom-client describes a histogram, without its values. */
  readonly #empty = new Histogram<Labels>(DURATION);

  constructor(all: () => Series[]) {
    super(DURATION);
    this.#all = all;
  }

  override async get(): ReturnType<Histogram<Labels>['get']> {
    const metric = await this.#empty.get();
    const values = this.#all().flatMap(({ labels, latency }) => {
      const counts = latency.cumulated();
      const buckets = counts.map((value, bucket) => ({
        metricName: `${DURATION.name}_bucket`,
        labels: { ...labels, le: BUCKETS[bucket] ?? '+Inf' },
        value,
      }));
      return [
        ...buckets,
        { metricName: `${DURATION.name}_sum`, labels, value: latency.sum },
        { metricName: `${DURATION.name}_count`, labels, value: counts.at(-1) ?? 0 },
      ];
    });
    return { ...metric, values };
  }

  /** The registry's own way to {@link get}, where a metric has it. */
  getForPromString(): ReturnType<Histogram<Labels>['get']> {
    return this.get();
  }
}
