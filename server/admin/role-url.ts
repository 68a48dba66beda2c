/** A database URL for libraries that connect by themselves and take nothing else. */

/** The URL whose connections take the role and say who they are. */
export function urlAs(text: string, role: string, applicationName: string): string {
  const url = new URL(text);
  url.searchParams.set(
    'options',
    [url.searchParams.get('options'), `-c role=${role}`].filter(Boolean).join(' '),
  );
  url.searchParams.set('application_name', applicationName);
  return url.href;
}
