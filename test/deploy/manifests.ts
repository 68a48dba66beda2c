/** What `kubectl apply -k` would send, as objects, with what the checks ask of them. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../server/config.ts';

const container = z.looseObject({
  name: z.string(),
  image: z.string().optional(),
  command: z.array(z.string()).default([]),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  envFrom: z.array(z.looseObject({ configMapRef: z.object({ name: z.string() }).optional() })).default([]),
  ports: z.array(z.looseObject({ name: z.string(), containerPort: z.number() })).default([]),
  volumeMounts: z.array(z.looseObject({ name: z.string(), mountPath: z.string() })).default([]),
  securityContext: z.looseObject({}).default({}),
  resources: z
    .object({ requests: z.record(z.string(), z.string()), limits: z.record(z.string(), z.string()) })
    .partial()
    .default({}),
});
const podSpec = z.looseObject({
  containers: z.array(container),
  initContainers: z.array(container).default([]),
  volumes: z
    .array(
      z.looseObject({
        name: z.string(),
        secret: z.looseObject({ secretName: z.string() }).optional(),
        configMap: z.looseObject({ name: z.string() }).optional(),
      }),
    )
    .default([]),
  securityContext: z.looseObject({}).default({}),
});
const workload = z.looseObject({
  spec: z.looseObject({
    template: z.looseObject({
      metadata: z.looseObject({ labels: z.record(z.string(), z.string()) }),
      spec: podSpec,
    }),
  }),
});
const manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
});

export type Container = z.output<typeof container>;
export type PodSpec = z.output<typeof podSpec>;
export type Manifest = z.output<typeof manifest>;

/** A Deployment or a Job. */
export interface Workload {
  /** `Deployment mvp-platform-vehicles` */
  title: string;
  kind: string;
  labels: Readonly<Record<string, string>>;
  pod: PodSpec;
}

export const overlays = ['local', 'production'] as const;

/** Documents of a file with several. */
export function documentsOf(text: string): unknown[] {
  return parseAllDocuments(text, { merge: true }).map((document): unknown => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });
}

/** Whether this machine can render; kubectl is no package of npm. */
export function hasKubectl(): boolean {
  return spawnSync('kubectl', ['version', '--client']).status === 0;
}

const rendered = new Map<string, Manifest[]>();

/** What a folder with a kustomization says. @throws when it cannot be rendered, with what kubectl says */
export function render(folder: string): Manifest[] {
  const known = rendered.get(folder);
  if (known !== undefined) return known;
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', join(projectRoot, folder)], {
    encoding: 'utf8',
  });
  if (status !== 0 || /warning/i.test(stderr)) throw new Error(`${folder}: ${stderr}`);
  const manifests = documentsOf(stdout).map((document) => manifest.parse(document));
  rendered.set(folder, manifests);
  return manifests;
}

export function titleOf({ kind, metadata }: Manifest): string {
  return `${kind} ${metadata.name}`;
}

/** Everything that makes pods of ours; the operators' resources make pods of their own. */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests
    .filter(({ kind }) => ['Deployment', 'Job', 'StatefulSet', 'CronJob', 'DaemonSet'].includes(kind))
    .map((one) => {
      const { template } = workload.parse(one).spec;
      return { title: titleOf(one), kind: one.kind, labels: template.metadata.labels, pod: template.spec };
    });
}

/** Names in the first column of the table of Secrets in deploy/kubernetes/README.md, and who makes them. */
export function documentedSecrets(): Set<string> {
  const text = readFileSync(join(projectRoot, 'deploy/kubernetes/README.md'), 'utf8');
  return new Set([...text.matchAll(/^\| `([a-z-]+)` \|/gm)].flatMap(([, name]) => name ?? []));
}
