/** What an expression of Prometheus is made of, by Prometheus's own grammar. */

import { parser } from '@prometheus-io/lezer-promql';

export interface Expression {
  /** Pieces that are no PromQL. */
  errors: string[];
  /** Names of the metrics that it asks for. */
  metrics: string[];
  /** Names of labels that it filters or groups by. */
  labels: string[];
}

/** Takes an expression apart. Grafana's variables count as what they stand for. */
export function expressionOf(text: string): Expression {
  const source = text.replaceAll('$__rate_interval', '5m').replaceAll('$job', 'job');
  const errors: string[] = [];
  const metrics = new Set<string>();
  const labels = new Set<string>();
  parser.parse(source).iterate({
    enter: ({ name, type, from, to, node }) => {
      if (type.isError) errors.push(source.slice(Math.max(0, from - 20), to + 20));
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector')
        metrics.add(source.slice(from, to));
      if (name === 'LabelName') labels.add(source.slice(from, to));
    },
  });
  return { errors, metrics: [...metrics], labels: [...labels] };
}
