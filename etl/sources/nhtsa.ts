import { SourceError } from '../errors.ts';
import { NHTSA_URL, parseAddress, shown } from './download/address.ts';
import { type FetchOptions, fetching, openDownload, openRemote, rememberedSource } from './remote.ts';
import type { Source } from './source.ts';

/** NHTSA keeps about eight months, and a new month's file comes between its 9th and 18th day. */
const MONTHS_BACK = 8;

/**
 * Opens NHTSA's newest monthly dump. There is no list of them to be had, so every month is asked for by its name; a
 * month older than the published one is no news.
 * @param now For tests.
 * @throws SourceError when there is none, or it cannot be fetched.
 */
export async function openNhtsa(
  dataDir: string,
  options: FetchOptions,
  now: Date = new Date(),
): Promise<Source> {
  const base = parseAddress(options.nhtsaUrl ?? NHTSA_URL, options.allowHttp ?? false);
  const { published } = options;
  const newest = /^\d{4}-\d\d$/.exec(published?.version ?? '')?.[0] ?? '';
  return fetching(base, dataDir, options, async (fetch, store) => {
    for (const month of lastMonths(now, MONTHS_BACK)) {
      const url = new URL(fileOf(month), base);
      const result = month < newest ? { outcome: 'unchanged' as const } : await fetch(url);
      if (result.outcome === 'file') return openDownload('nhtsa', result, store);
      if (result.outcome === 'absent') continue;
      return rememberedSource('nhtsa', published, () =>
        openRemote(new URL(fileOf(newest || month), base).href, dataDir, { ...options, published: null }),
      );
    }
    throw new SourceError(
      `${shown(base)} has none of the last ${MONTHS_BACK + 1} months' files: look there for a newer name, and give the file with --source`,
    );
  });
}

/** The month of `now` and those before it as `YYYY-MM`, newest first. */
export function lastMonths(now: Date, back: number): string[] {
  return Array.from({ length: back + 1 }, (_, month) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - month)).toISOString().slice(0, 7),
  );
}

function fileOf(month: string): string {
  return `vPICList_lite_${month.replace('-', '_')}.plain.zip`;
}
