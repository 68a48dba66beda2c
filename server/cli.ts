#!/usr/bin/env node
/*
 * The command line: mvp-vehicles <command>. Results go to standard output, everything else to standard error;
 * the exit code is 0, or 1 with one line that says what to do.
 */
import { type Command, createContext } from './cli/context.ts';
import { decode } from './cli/decode.ts';
import { etl } from './cli/etl.ts';
import { migrate } from './cli/migrate.ts';
import { psql } from './cli/psql.ts';
import { codeOf, describe, Failure, hasCode } from './failure.ts';
import { abortOnSignal } from './start/signals.ts';
import { Teardown } from './start/teardown.ts';

const commands: Readonly<Record<string, Command>> = { decode, etl, migrate, psql };

function help(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return [
    'usage: mvp-vehicles <command> [arguments]',
    '',
    ...lines,
    '',
    'mvp-vehicles <command> --help explains one. Databases are those of DATABASE_URL and PLATFORM_DATABASE_URL,',
    'else the embedded ones of DATA_DIR.',
    '',
  ].join('\n');
}

function helpOf({ usage, summary, details }: Command): string {
  const lines = details === undefined ? [] : ['', ...details.map((line) => `  ${line}`)];
  return [`usage: mvp-vehicles ${usage}`, '', summary, ...lines, ''].join('\n');
}

/** What went wrong, in a line; for mistakes that only a command can make, with what to do. */
function explain(error: unknown): string {
  if (codeOf(error)?.startsWith('ERR_PARSE_ARGS') && error instanceof Error) {
    return `${error.message.split('. ')[0]}: see mvp-vehicles --help`;
  }
  // Schema or function missing, or the role of the server.
  if (hasCode(error, '3F000', '42883', '22023') && !(error instanceof Failure)) {
    return 'the platform database is not set up: run mvp-vehicles migrate, then mvp-vehicles etl run';
  }
  return describe(error);
}

async function run(signal: AbortSignal, teardown: Teardown): Promise<void> {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(help());
    if (name === undefined) process.exitCode = 1;
    return;
  }
  const command = commands[name];
  if (command === undefined) throw new Failure(`there is no command ${name}: see mvp-vehicles --help`);
  // psql has a --help of its own.
  if (args.includes('--help') && (command !== psql || args.length === 1)) {
    process.stdout.write(helpOf(command));
    return;
  }
  await command.run(
    args,
    createContext(signal, teardown, (line) => process.stderr.write(`mvp-vehicles: ${line}\n`)),
  );
}

const signal = abortOnSignal();
const teardown = new Teardown();
try {
  await run(signal, teardown);
} catch (error) {
  // A command that knows better has said so already.
  process.exitCode ||= 1;
  process.stderr.write(`mvp-vehicles: ${signal.aborted ? describe(signal.reason) : explain(error)}\n`);
}
for (const error of await teardown.run()) process.stderr.write(`mvp-vehicles: ${describe(error)}\n`);
process.exit();
