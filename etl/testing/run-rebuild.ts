// A rebuild in a process of its own, to be killed: node run-rebuild.ts <url> <source> <data directory>.
import { rebuild } from '../rebuild.ts';

const [url = '', source = '', dataDir = ''] = process.argv.slice(2);
await rebuild({ url, source, dataDir });
