/** Prometheus's text format, read as strictly as its own parser and linter do, for tests. */

/** One family of metrics. */
export interface Family {
  readonly help: string;
  readonly type: string;
  /** Values by the sample's name and labels, as they are written: `name{a="b"}`. */
  readonly samples: Map<string, number>;
}

const NAME = /^[a-z][a-z0-9_]*$/;
const SAMPLE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /^([a-z_][a-z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(?:,|$)/;

/**
 * The families of an exposition.
 *
 * @throws Error for a text that Prometheus would refuse, and for what its linter objects to: no HELP or TYPE, a sample out
 *   of its family, twice the same one, a counter that does not end in `_total`, a unit that is no base unit, a histogram
 *   whose buckets do not grow
 */
export function parseExposition(text: string): Map<string, Family> {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, Family>();
  let name = '';
  let help: string | undefined;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, word, of = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (word === 'HELP') {
      if (families.has(of)) throw new Error(`${of} comes twice`);
      if (rest === '') throw new Error(`${of} has an empty HELP`);
      [name, help] = [of, rest];
    } else if (word === 'TYPE') {
      if (of !== name || help === undefined) throw new Error(`${of} has no HELP`);
      lintName(of, rest);
      families.set(of, { help, type: rest, samples: new Map() });
      help = undefined;
    } else addSample(families.get(name), name, line);
  }
  for (const [of, { type, samples }] of families) if (type === 'histogram') checkBuckets(of, samples);
  return families;
}

function lintName(name: string, type: string): void {
  if (!NAME.test(name)) throw new Error(`${name} is no name`);
  // prom-client's own counters keep to it, but for two gauges of Node's.
  if ((type === 'counter') !== name.endsWith('_total') && !/^nodejs_\w+_total$/.test(name)) {
    throw new Error(`${name} is a ${type}: counters, and only they, end in _total`);
  }
  if (/_(milliseconds|ms|minutes|hours|kilobytes|kb|mb|percent)(_|$)/.test(name)) {
    throw new Error(`${name} is not in a base unit`);
  }
}

function addSample(family: Family | undefined, name: string, line: string): void {
  const [, own = '', labels = '', text = ''] = SAMPLE.exec(line) ?? [];
  if (family === undefined || own === '') throw new Error(`not a sample: ${line}`);
  const suffix = own.slice(name.length);
  const suffixes = family.type === 'histogram' ? ['_bucket', '_sum', '_count'] : ['', '_sum', '_count'];
  if (!own.startsWith(name) || !suffixes.includes(suffix)) throw new Error(`${own} is not of ${name}`);
  const seen = new Set<string>();
  for (let rest = labels; rest !== ''; ) {
    const [whole, label = ''] = LABEL.exec(rest) ?? [];
    if (whole === undefined || seen.has(label)) throw new Error(`labels of ${line}`);
    seen.add(label);
    rest = rest.slice(whole.length);
  }
  const key = labels === '' ? own : `${own}{${labels}}`;
  if (family.samples.has(key)) throw new Error(`${key} comes twice`);
  const value = text === '+Inf' ? Number.POSITIVE_INFINITY : text === 'Nan' ? Number.NaN : Number(text);
  if (family.type === 'counter' && !(value >= 0)) throw new Error(`${key} is ${text}`);
  family.samples.set(key, value);
}

/** Buckets hold all that the ones before them hold, and the last one is the count. */
function checkBuckets(name: string, samples: Map<string, number>): void {
  const last = new Map<string, number>();
  for (const [key, value] of samples) {
    if (!key.startsWith(`${name}_bucket`)) continue;
    const labels = key
      .slice(`${name}_bucket`.length)
      .replace(/(?<=\{)le="[^"]*",?|,le="[^"]*"/, '')
      .replace('{}', '');
    if (value < (last.get(labels) ?? 0)) throw new Error(`${key} is less than the bucket before`);
    last.set(labels, value);
  }
  for (const [labels, value] of last) {
    const count = samples.get(`${name}_count${labels}`);
    if (count !== value) throw new Error(`${name}${labels}: ${value} in buckets, ${count} counted`);
  }
}
