/**
 * The fields that we use of resources whose types no package has, as their operators' references have them: CloudNativePG's Pooler,
 * its Barman plugin's ObjectStore, and RedisCluster of OT-CONTAINER-KIT.
 */

import type { IPodSecurityContext } from 'kubernetes-models/v1/PodSecurityContext';
import type { IPodTemplateSpec } from 'kubernetes-models/v1/PodTemplateSpec';
import type { IResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { ISecurityContext } from 'kubernetes-models/v1/SecurityContext';

interface Named {
  name: string;
  namespace?: string;
  labels?: Record<string, string>;
}

interface SecretKey {
  name: string;
  key: string;
}

/** postgresql.cnpg.io/v1 */
export interface Pooler {
  metadata: Named;
  spec: {
    cluster: { name: string };
    type: 'rw' | 'ro' | 'r';
    instances: number;
    pgbouncer: {
      poolMode: 'session' | 'transaction';
      parameters: Partial<
        Record<
          | 'max_prepared_statements'
          | 'max_client_conn'
          | 'default_pool_size'
          | 'query_timeout'
          | 'query_wait_timeout',
          string
        >
      >;
    };
    template: IPodTemplateSpec;
  };
}

/** barmancloud.cnpg.io/v1 */
export interface ObjectStore {
  metadata: Named;
  spec: {
    retentionPolicy: string;
    configuration: {
      destinationPath: string;
      s3Credentials: { accessKeyId: SecretKey; secretAccessKey: SecretKey };
      wal: { compression: 'gzip' | 'bzip2' | 'snappy'; maxParallel: number };
      data: { compression: 'gzip' | 'bzip2' | 'snappy' };
    };
  };
}

interface RedisRole {
  securityContext: ISecurityContext;
  redisConfig: { additionalRedisConfig: string };
}

/** redis.redis.opstreelabs.in/v1beta2 */
export interface RedisCluster {
  metadata: Named;
  spec: {
    clusterSize: number;
    clusterVersion: 'v6' | 'v7';
    persistenceEnabled: boolean;
    podSecurityContext: IPodSecurityContext;
    kubernetesConfig: {
      image: string;
      imagePullPolicy: 'IfNotPresent' | 'Always' | 'Never';
      redisSecret: SecretKey;
      resources: IResourceRequirements;
    };
    redisLeader: RedisRole;
    redisFollower: RedisRole;
  };
}
