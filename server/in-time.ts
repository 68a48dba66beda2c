/**
 * What the promise gives, or `late()` thrown when that takes longer than so many milliseconds. What was asked goes on: it ends by
 * limits of its own.
 */
export async function inTime<Value>(promise: Promise<Value>, ms: number, late: () => Error): Promise<Value> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(late()), ms);
  try {
    return await Promise.race([promise, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
