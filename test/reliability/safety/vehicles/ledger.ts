/** What users were told about their vehicles, held against what is there. */

/** A row of garage.vehicles, as far as a client writes it. */
export interface StoredVehicle {
  readonly userId: string;
  readonly licensePlate: string | null;
  readonly nickname: string | null;
  readonly color: string | null;
  readonly odometerReading: number | null;
  readonly isActive: boolean;
}

/** A write's number stands in three members, so that half of a write would show; null: there is no active vehicle. */
type State = number | null;

/** One vehicle as its user knows it. */
export interface Entry {
  readonly licensePlate: string;
  /** The one state that was acknowledged, or two: before and after a write that nobody answered for. */
  states: readonly State[];
  /** Null while nobody has told. */
  id: string | null;
}

export interface Verdict {
  lost: number;
  wrong: number;
  objections: string[];
}

/** The members that carry a write's number. */
export function written(tag: number): { nickname: string; color: string; odometerReading: number } {
  return { nickname: `n${tag}`, color: `c${tag}`, odometerReading: tag };
}

/** What one user was told. Licence plates are the users' own names for their vehicles, and begin with the user. */
export class Ledger {
  readonly user: string;
  readonly #entries = new Map<string, Entry>();
  #made = 0;

  constructor(user: string) {
    this.user = user;
  }

  /** A vehicle that is about to be made. */
  announce(): Entry {
    this.#made += 1;
    const entry: Entry = { licensePlate: `${this.user}#${this.#made}`, states: [null], id: null };
    this.#entries.set(entry.licensePlate, entry);
    return entry;
  }

  /** The vehicles that are there beyond doubt. */
  get sure(): readonly Entry[] {
    return [...this.#entries.values()].filter(({ id, states }) => id !== null && isSure(states));
  }

  get size(): number {
    return this.#entries.size;
  }

  /** How many writes nobody answered for. */
  get doubtful(): number {
    return [...this.#entries.values()].filter(({ states }) => states.length > 1).length;
  }

  /**
   * Compares with rows.
   * @param rows all rows of the user, or the list that the service gave
   */
  judge(rows: readonly StoredVehicle[]): Verdict {
    const verdict: Verdict = { lost: 0, wrong: 0, objections: [] };
    const found = new Map<string, State>();
    for (const row of rows) {
      const fault = this.#faultOf(row, found);
      if (fault === null) found.set(row.licensePlate ?? '', row.isActive ? row.odometerReading : null);
      else {
        verdict.wrong += 1;
        verdict.objections.push(`${this.user}: ${fault}: ${JSON.stringify(row)}`);
      }
    }
    for (const { licensePlate, states } of this.#entries.values()) {
      const state = found.get(licensePlate) ?? null;
      if (states.includes(state)) continue;
      verdict.lost += 1;
      verdict.objections.push(`${licensePlate} is at ${state}, acknowledged: ${states.join(' or ')}`);
    }
    return verdict;
  }

  #faultOf(row: StoredVehicle, found: ReadonlyMap<string, State>): string | null {
    const { userId, licensePlate, nickname, color, odometerReading: tag } = row;
    if (userId !== this.user || !licensePlate?.startsWith(`${this.user}#`)) return "another user's vehicle";
    if (!this.#entries.has(licensePlate)) return 'a vehicle that nobody made';
    if (found.has(licensePlate)) return 'a vehicle twice';
    return tag !== null && nickname === `n${tag}` && color === `c${tag}` ? null : 'half a write';
  }
}

function isSure(states: readonly State[]): boolean {
  return states.length === 1 && states[0] !== null;
}
