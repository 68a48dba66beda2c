import { parseArgs } from 'node:util';
import { migrate as migrateDatabase } from '../database/migrate.ts';
import type { Command } from './context.ts';

export const migrate: Command = {
  usage: 'migrate',
  summary: 'bring both databases to the state of this program',
  async run(args, context) {
    parseArgs({ args });
    const { url } = await context.open(['platform', 'app']);
    for (const series of ['platform', 'app'] as const) {
      const { applied, loadedCode } = await migrateDatabase({ url: url[series], series, note: context.note });
      const done = [...applied, ...(loadedCode ? ['functions and views'] : [])];
      process.stdout.write(`${series}: ${done.length === 0 ? 'is current' : done.join(', ')}\n`);
    }
  },
};
