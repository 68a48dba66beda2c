import { parseArgs } from 'node:util';
import { Failure } from '../../server/failure.ts';

export interface Options {
  /** Letters of the sections to run, in their order. */
  only: string[];
  isQuick: boolean;
  /** Interleaved repetitions of every measurement. */
  rounds: number;
  seed: number;
  /** How many times the data, for the section on growth; ascending, 1 first. */
  factors: number[];
  /** The PostgreSQL to start when no PLATFORM_DATABASE_URL is given. */
  postgres: 'embedded' | 'debian15';
  /** The processor core that section c keeps both decoders on. */
  core: number;
  /** Load the data anew even when an earlier run left it compiled. */
  isFresh: boolean;
  /** Exit code 1 when a required ratio is missed. */
  isCheck: boolean;
}

/** Growth beyond this needs more three-character identifiers than there are. */
const largestFactor = 10;

/** @param letters of all sections */
export function usage(letters: readonly string[]): string {
  return `usage: npm run bench -- [options]

  --only A,C       sections to run (${letters.join(',')}; all)
  --quick          a look at everything in a few minutes; the figures are not kept
  --rounds N       interleaved repetitions of every measurement (5, quick 2)
  --factors N,…    section e: how many times the data, 1 to ${largestFactor} (1,2,4,10; quick 1,2)
  --pg 18 | 15     the embedded PostgreSQL, or Debian's 15 (18); PLATFORM_DATABASE_URL goes before both
  --core N         section c: the processor core (the last one)
  --seed N         of all random numbers (1)
  --fresh          load the data anew
  --check          exit code 1 when a required ratio is missed
`;
}

/**
 * Reads the command line. Null when help is asked for.
 * @throws {Failure} naming the option and what it may be
 */
export function readOptions(args: string[], letters: readonly string[], cores: number): Options | null {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      factors: { type: 'string' },
      pg: { type: 'string', default: '18' },
      core: { type: 'string', default: String(cores - 1) },
      seed: { type: 'string', default: '1' },
      fresh: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  if (values.pg !== '18' && values.pg !== '15') throw new Failure(`--pg is "${values.pg}": must be 18 or 15`);
  const wanted = values.only?.split(',').map((letter) => letter.trim().toLowerCase()) ?? letters;
  const unknown = wanted.find((letter) => !letters.includes(letter));
  if (unknown !== undefined)
    throw new Failure(`--only names "${unknown}": the sections are ${letters.join(', ')}`);
  const factors = (values.factors ?? (values.quick ? '1,2' : '1,2,4,10'))
    .split(',')
    .map((text) => wholeNumber('--factors', text, 1, largestFactor));
  return {
    only: letters.filter((letter) => wanted.includes(letter)),
    isQuick: values.quick,
    rounds: wholeNumber('--rounds', values.rounds ?? (values.quick ? '2' : '5'), 1, 100),
    seed: wholeNumber('--seed', values.seed, 0, 0xffff_ffff),
    // Everything in that section is compared with the data as it is.
    factors: [...new Set([1, ...factors])].sort((a, b) => a - b),
    postgres: values.pg === '15' ? 'debian15' : 'embedded',
    core: wholeNumber('--core', values.core, 0, cores - 1),
    isFresh: values.fresh,
    isCheck: values.check,
  };
}

function wholeNumber(name: string, text: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < from || value > to) {
    throw new Failure(`${name} has "${text}": must be a whole number from ${from} to ${to}`);
  }
  return value;
}
