/** The manifests of deploy/kubernetes, rendered as `kubectl apply -k` would; without kubectl they cannot be. */

import test from 'ava';
import { names, readConfig } from '../../server/config.ts';
import {
  type Container,
  documentedSecrets,
  hasKubectl,
  type Manifest,
  overlays,
  render,
  titleOf,
  type Workload,
  workloadsOf,
} from './manifests.ts';
import { typeErrorsOf } from './typed.ts';

const can = hasKubectl();
if (!can) test('kubectl is not installed: the manifests are not looked at', (t) => t.pass());

/** A test for each overlay. */
function each(title: string, check: (manifests: Manifest[]) => string[]): void {
  if (!can) return;
  for (const overlay of overlays) {
    test(`${overlay}: ${title}`, (t) => {
      t.deepEqual(check(render(`deploy/kubernetes/overlays/${overlay}`)), []);
    });
  }
}

function containersOf({ pod }: Workload): Container[] {
  return [...pod.containers, ...pod.initContainers];
}

/** What is wrong with each container of ours. */
function ofContainers(manifests: Manifest[], check: (one: Container, of: Workload) => string[]): string[] {
  return workloadsOf(manifests).flatMap((of) =>
    containersOf(of).flatMap((one) => check(one, of).map((line) => `${of.title}, ${one.name}: ${line}`)),
  );
}

function ofKind(manifests: Manifest[], ...kinds: string[]): Manifest[] {
  return manifests.filter(({ kind }) => kinds.includes(kind));
}

/** Every object and text below a value. */
function* below(value: unknown): Generator<Readonly<Record<string, unknown>>> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Readonly<Record<string, unknown>>;
  for (const member of Object.values(value)) yield* below(member);
}

function matches(labels: Readonly<Record<string, string>>, wanted: unknown): boolean {
  return Object.entries(wanted ?? {}).every(([name, value]) => labels[name] === value);
}

each('every manifest has the fields of its schema, and no others', typeErrorsOf);

if (can) {
  test('the component with the pooler fits, too', (t) => {
    t.deepEqual(typeErrorsOf(render('test/deploy/with-pooler')), []);
  });

  test('a misspelt field, a wrong type and a missing field are found', (t) => {
    const [first] = ofKind(render('deploy/kubernetes/overlays/local'), 'Service');
    if (first === undefined) return t.fail('no Service');
    for (const [spec, words] of [
      [{ selectors: {} }, /'?"?selectors"?'? does not exist/],
      [{ ports: [{ port: '80' }] }, /string.* not assignable to type 'number/],
      [{ ports: [{ name: 'http' }] }, /port.* is missing/],
    ] as const) {
      const [line = ''] = typeErrorsOf([{ ...first, spec }]);
      t.regex(line, words);
    }
  });
}

each('no container is root, changes its own files or gains rights', (manifests) =>
  ofContainers(manifests, ({ securityContext: own }, { pod }) => {
    const all: Record<string, unknown> = { ...pod.securityContext, ...own };
    return [
      all.runAsNonRoot === true && Number(all.runAsUser) > 0 ? '' : 'may be root',
      all.readOnlyRootFilesystem === true ? '' : 'writes to its root file system',
      all.allowPrivilegeEscalation === false ? '' : 'may gain rights',
      JSON.stringify(all.capabilities) === '{"drop":["ALL"]}' ? '' : 'has capabilities',
      JSON.stringify(all.seccompProfile) === '{"type":"RuntimeDefault"}' ? '' : 'has no seccomp profile',
      pod.automountServiceAccountToken === false ? '' : 'has a token of the cluster',
      pod.enableServiceLinks === false ? '' : 'gets variables that nobody has set',
    ].filter(Boolean);
  }),
);

each('every container says what it needs and what it may take', (manifests) =>
  ofContainers(manifests, ({ resources: { requests, limits } }) =>
    ['cpu', 'memory'].flatMap((what) =>
      requests?.[what] === undefined || limits?.[what] === undefined
        ? [`no request or limit of ${what}`]
        : [],
    ),
  ),
);

each('images are named by version', (manifests) =>
  manifests
    .flatMap((manifest) => [...below(manifest)])
    .flatMap(({ image, imageName }) => [image, imageName])
    .filter((image) => typeof image === 'string')
    .filter((image) => !/[:@](v?\d+\.\d+[\w.-]*|sha256:[0-9a-f]{64})$/.test(image)),
);

each('every Deployment that answers requests is probed', (manifests) =>
  ofContainers(manifests, (container, { kind }) => {
    if (kind !== 'Deployment' || container.ports.length === 0) return [];
    return ['startupProbe', 'livenessProbe', 'readinessProbe'].filter((probe) => !(probe in container));
  }),
);

each('every Service, PodDisruptionBudget and NetworkPolicy is about pods that there are', (manifests) => {
  const pods = workloadsOf(manifests).map(({ labels }) => labels);
  // What an operator's resource makes carries the operator's labels.
  for (const { metadata } of ofKind(manifests, 'Cluster')) pods.push({ 'cnpg.io/cluster': metadata.name });
  for (const { metadata } of ofKind(manifests, 'RedisCluster')) {
    for (const role of ['leader', 'follower']) pods.push({ app: `${metadata.name}-${role}` });
  }
  const isThere = (selector: Readonly<Record<string, unknown>>): boolean =>
    'matchLabels' in selector ? pods.some((labels) => matches(labels, selector.matchLabels)) : true;
  return ofKind(manifests, 'Service', 'PodDisruptionBudget', 'NetworkPolicy').flatMap((manifest) => {
    const found = [...below(manifest.spec)];
    const selectors = found.flatMap(({ selector, podSelector }) => [selector, podSelector]);
    const [own] = found;
    if (manifest.kind === 'Service') selectors.push({ matchLabels: own?.selector });
    return selectors
      .filter((selector) => typeof selector === 'object' && selector !== null)
      .filter((selector) => !isThere(selector as Readonly<Record<string, unknown>>))
      .filter((selector) => !JSON.stringify(selector).includes('kube-dns'))
      .map((selector) => `${titleOf(manifest)}: no pod has ${JSON.stringify(selector)}`);
  });
});

each('every port that is named exists', (manifests) => {
  const ports = new Set(
    workloadsOf(manifests).flatMap((of) =>
      containersOf(of).flatMap((one) => one.ports.map(({ name }) => name)),
    ),
  );
  return manifests.flatMap((manifest) =>
    [...below(manifest)]
      .flatMap(({ port, targetPort }) => [port, targetPort])
      .map((port) => (typeof port === 'object' && port !== null && 'name' in port ? port.name : port))
      .filter((port) => typeof port === 'string' && !ports.has(port))
      .map((port) => `${titleOf(manifest)}: no container has the port ${port}`),
  );
});

each('every ConfigMap and Secret that is named is made, or is in the table of those to make', (manifests) => {
  const made = new Set(ofKind(manifests, 'ConfigMap', 'Secret').map(({ metadata }) => metadata.name));
  const known = documentedSecrets();
  return manifests.flatMap((manifest) =>
    [...below(manifest)]
      .flatMap((node) => {
        const { secretName, additionalRedisConfig } = node;
        const references = [
          node.configMapRef,
          node.configMap,
          node.secretKeyRef,
          node.passwordSecret,
          node.redisSecret,
        ];
        const named = [
          ...references,
          node.accessKeyId,
          node.secretAccessKey,
          ...listed(node.configMapRefs),
        ].map((reference) =>
          typeof reference === 'object' && reference !== null && 'name' in reference ? reference.name : null,
        );
        return [secretName, additionalRedisConfig, ...named];
      })
      .filter((name) => typeof name === 'string' && !made.has(name) && !known.has(name))
      .map((name) => `${titleOf(manifest)}: nobody makes ${name}`),
  );
});

function listed(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

each('every volume that is mounted is there, and every one that is there is mounted', (manifests) =>
  workloadsOf(manifests).flatMap(({ title, pod }) => {
    const there = pod.volumes.map(({ name }) => name).sort();
    const mounted = new Set(
      pod.containers.flatMap(({ volumeMounts }) => volumeMounts.map(({ name }) => name)),
    );
    return there.join() === [...mounted].sort().join() ? [] : [`${title}: ${there} and ${[...mounted]}`];
  }),
);

each('what our programs are told they understand', (manifests) => {
  const maps = new Map(
    ofKind(manifests, 'ConfigMap').map(({ metadata, data }) => [
      metadata.name,
      data as Record<string, string>,
    ]),
  );
  return ofContainers(manifests, ({ env, envFrom, image }) => {
    if (!image?.includes('mvp-platform-vehicles')) return [];
    const shared = envFrom.flatMap(({ configMapRef }) =>
      Object.entries(maps.get(configMapRef?.name ?? '') ?? {}),
    );
    const told = Object.fromEntries([
      ...shared,
      ...env.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])),
    ]);
    const unknown = [...Object.keys(told), ...env.map(({ name }) => name)].filter(
      (name) => !names.includes(name),
    );
    // The files are the cluster's; what is told apart from them is read as the programs will read it.
    const { JWT_SECRET_FILE: _file, ...rest } = Object.fromEntries(
      Object.entries(told).filter(([name]) => !name.endsWith('_PASSWORD_FILE')),
    );
    readConfig(rest);
    return unknown.map((name) => `${name} is not a setting`);
  });
});

each('whoever asks for a database, Redis or the internet is let through', (manifests) =>
  workloadsOf(manifests).flatMap(({ title, labels, pod }) => {
    const urls = pod.containers.flatMap(({ env }) => env.map(({ value = '' }) => value)).join(' ');
    const needed = [
      [/@mvp-platform-database/, 'mvp-platform/platform-database'],
      [/@motovaultpro-database/, 'mvp-platform/main-database'],
      [/redis:\/\//, 'mvp-platform/redis'],
    ] as const;
    return needed
      .filter(([url, label]) => url.test(urls) !== (labels[label] === 'client'))
      .map(([, label]) => `${title}: the label ${label}`);
  }),
);
