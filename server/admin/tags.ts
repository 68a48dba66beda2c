/** What the views of schema admin do not say of themselves: their keys, and which rows belong together. */

import { pgSmartTags } from 'postgraphile/utils';

/** A view's key, and its references to keys of other views. */
interface Shape {
  readonly key?: string;
  readonly references?: readonly string[];
}

const views: Readonly<Record<string, Shape>> = {
  release: { key: 'release_id', references: ['(run_id) references admin.run (run_id)'] },
  publication: {
    key: 'publication_id',
    references: [
      '(release_id) references admin.release (release_id)',
      '(run_id) references admin.run (run_id)',
    ],
  },
  run: { key: 'run_id' },
  run_step: { key: 'run_id,ordinal', references: ['(run_id) references admin.run (run_id)'] },
  run_finding: { key: 'run_id,check_name', references: ['(run_id) references admin.run (run_id)'] },
  run_change: { key: 'run_id,topic', references: ['(run_id) references admin.run (run_id)'] },
  refusal: { references: ['(run_id) references admin.run (run_id)'] },
  objection: { references: ['(release_id) references admin.release (release_id)'] },
  comparison: { key: 'release_id,other_release_id' },
  canary: { key: 'vin' },
  canary_difference: { key: 'release_id,vin,element_id' },
  job: { key: 'job_id' },
  schedule: {},
  action: { key: 'action_id', references: ['(job_id) references admin.job (job_id)'] },
  pin: { key: 'pin_id', references: ['(release_id) references admin.release (release_id)'] },
};

/** Every action answers with its row of admin.action. */
const actions = [
  'request_rebuild',
  'cancel_rebuild',
  'publish_release',
  'roll_back',
  'pin_release',
  'unpin_release',
];

/** The tags, by which PostGraphile makes a row by its key, connections between views, and pages in a fixed order. */
export const viewTags = pgSmartTags([
  ...Object.entries(views).map(([name, { key, references }]) => ({
    kind: 'class' as const,
    match: `admin.${name}`,
    tags: {
      ...(key !== undefined && { primaryKey: key }),
      ...(references !== undefined && { foreignKey: [...references] }),
    },
  })),
  ...actions.map((name) => ({
    kind: 'procedure' as const,
    match: `admin.${name}`,
    tags: { resultFieldName: 'action' },
  })),
]);
