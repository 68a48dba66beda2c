import { Failure } from '../../failure.ts';

/** Exit codes of `etl`: 0 is well, 1 anything that failed, and these two say that a person has to decide, or did. */
export const exitCodes = { refused: 2, cancelled: 3 } as const;

/** Ends the command with a line and the exit code that goes with it. */
export function failWith(kind: keyof typeof exitCodes | 'failed', line: string, cause?: unknown): never {
  if (kind !== 'failed') process.exitCode = exitCodes[kind];
  throw new Failure(line, { cause });
}
