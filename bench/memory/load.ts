/** The kinds of request that the service gets before its memory is looked at again. */
export interface Requests {
  vins: readonly string[];
  /** Paths that are asked for as they are. */
  paths: readonly string[];
  /** At once. */
  clients: number;
}

export interface Outcome {
  answered: number;
  refused: number;
}

/** Asks for every path and VIN, so many at once, and reads the answers to their end. */
export async function sendRequests(
  service: string,
  requests: Requests,
  signal: AbortSignal,
): Promise<Outcome> {
  const paths = [...requests.paths, ...requests.vins.map((vin) => `/api/vehicles/decode/${vin}`)];
  const outcome: Outcome = { answered: 0, refused: 0 };
  let next = 0;
  const work = async (): Promise<void> => {
    for (let path = paths[next++]; path !== undefined; path = paths[next++]) {
      const reply = await fetch(`${service}${path}`, { signal });
      await reply.arrayBuffer();
      if (reply.status === 200) outcome.answered++;
      else outcome.refused++;
    }
  };
  await Promise.all(Array.from({ length: requests.clients }, work));
  return outcome;
}

/** One batch request. @returns its status */
export async function sendBatch(
  service: string,
  vins: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const reply = await fetch(`${service}/api/vehicles/decode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ vins }),
    signal,
  });
  await reply.arrayBuffer();
  return reply.status;
}
