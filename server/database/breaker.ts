/** A circuit breaker in front of one database server: while that is away, whoever asks is refused at once. */

import {
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  halfJitterGenerator,
  handleWhen,
  isBrokenCircuitError,
} from 'cockatiel';
import { databaseAway, failureKindOf } from '../sqlstate.ts';

/** What the breaker says of itself. */
export interface BreakerStatus {
  readonly state: 'closed' | 'open' | 'half-open';
  /** Attempts that failed because the server was away or too busy, since the start. */
  readonly failures: number;
  /** How often the circuit was opened. */
  readonly openings: number;
  /** Questions that were refused while it was open. */
  readonly refusals: number;
}

/** One failure is a connection that broke; five in a row, without an answer between them, are a server that is away. */
const FAILURES_IN_A_ROW = 5;

/** Milliseconds from an opening to the next attempt. The cap is what a recovered server waits for at most. */
const REST = { initialDelay: 200, maxDelay: 1_000 } as const;

const NAMES = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  // We never hold it open by hand.
  [CircuitState.Isolated]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
} as const;

/** Counts failures in a row and keeps askers away; now and then one is let through to see whether the server is back. */
export class Breaker {
  readonly #failuresInARow = new ConsecutiveBreaker(FAILURES_IN_A_ROW);
  readonly #policy = circuitBreaker(
    handleWhen((error) => this.#isFailure(error)),
    {
      breaker: this.#failuresInARow,
      halfOpenAfter: new ExponentialBackoff({ ...REST, generator: halfJitterGenerator }),
    },
  );
  #failures = 0;
  #openings = 0;
  #refusals = 0;

  /**
   * @param onOpen called when the circuit opens, but not when it opens again because the attempt to close it failed
   * @param onClose called when it closes
   */
  constructor(onOpen: () => void = () => undefined, onClose: () => void = () => undefined) {
    let isAway = false;
    this.#policy.onBreak(() => {
      if (isAway) return;
      isAway = true;
      this.#openings += 1;
      onOpen();
    });
    this.#policy.onReset(() => {
      isAway = false;
      onClose();
    });
  }

  get isClosed(): boolean {
    return this.#policy.state === CircuitState.Closed;
  }

  get status(): BreakerStatus {
    const [failures, openings, refusals] = [this.#failures, this.#openings, this.#refusals];
    return { state: NAMES[this.#policy.state], failures, openings, refusals };
  }

  /** The next failure opens the circuit: one that says more than five others. */
  arm(): void {
    this.#failuresInARow.state = FAILURES_IN_A_ROW;
  }

  /**
   * Runs the attempt, and counts how it ends.
   *
   * @throws Problem 503 at once while the circuit is open; else what the attempt throws
   */
  run<Value>(attempt: () => Promise<Value>): Promise<Value> {
    // The library would have everybody wait for the one that is let through, which takes its time where a server is silent.
    return this.#policy.state === CircuitState.HalfOpen
      ? this.#refuse()
      : this.#policy.execute(attempt).catch(this.#told);
  }

  readonly #told = (error: unknown): Promise<never> => {
    if (isBrokenCircuitError(error)) return this.#refuse();
    throw error;
  };

  #refuse(): Promise<never> {
    this.#refusals += 1;
    return Promise.reject(databaseAway());
  }

  #isFailure(error: unknown): boolean {
    if (failureKindOf(error) === null) return false;
    this.#failures += 1;
    return true;
  }
}
