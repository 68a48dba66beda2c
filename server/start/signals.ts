/** Ctrl-C, what service managers send, and a closed terminal. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first signal to end into an abort. Later ones change nothing: npm passes Ctrl-C on to a process that
 * the terminal has sent it to already.
 */
export function abortOnSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of endings) process.on(name, () => controller.abort(new Interruption(name)));
  return controller.signal;
}

/** Why work was abandoned: somebody asked for it. */
export class Interruption extends Error {
  override readonly name = 'AbortError';

  constructor(signal: string) {
    super(`interrupted by ${signal}`);
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
