/** `/admin` for browsers: the way in, and what is behind it. Plain HTML: no script, nothing from elsewhere. */

import type { Response } from 'express';
import type { Principal } from '../auth/principal.ts';

const STYLE = `
body { font: 16px/1.5 system-ui, sans-serif; margin: 4rem auto; max-width: 40rem; padding: 0 1rem; color: #1b1f24; background: #fff }
textarea { width: 100%; box-sizing: border-box; font: 13px/1.4 ui-monospace, monospace }
button { font: inherit; padding: .4rem 1.2rem; margin-top: .5rem }
.problem { color: #a40e26 }
dt { font-weight: 600; margin-top: 1rem } dd { margin: 0 }
@media (prefers-color-scheme: dark) { body { color: #e6e9ed; background: #16191d } a { color: #7fb2ff } .problem { color: #ff8f9c } }
`;

/** The page that takes a token. */
export function signInPage(next: string, problem?: string): string {
  return page(
    'Sign in',
    `${problem === undefined ? '' : `<p class="problem" role="alert">${escaped(problem)}</p>`}
<form method="post" action="/admin/sign-in">
<input type="hidden" name="next" value="${escaped(next)}">
<label for="token">A token with the role <code>admin</code></label>
<textarea id="token" name="token" rows="6" required autofocus autocomplete="off" spellcheck="false"></textarea>
<button>Sign in</button>
</form>
<p>It is kept in a cookie for these pages until it expires. Programs send it in the header <code>Authorization: Bearer …</code> instead.</p>`,
  );
}

/** What an admin finds here. */
export function homePage({ subject, expiresAt }: Principal): string {
  const end = new Date(expiresAt * 1000).toISOString().slice(0, 16).replace('T', ' ');
  return page(
    'Admin',
    `<p>${escaped(subject)}, until ${end} UTC</p>
<dl>
<dt><a href="/admin/graphiql">GraphiQL</a></dt><dd>Releases, runs, refusals, checks, pins; rebuild, cancel, publish, roll back, pin.</dd>
<dt><a href="/admin/jobs">Jobs</a></dt><dd>The queue of the rebuilds.</dd>
<dt><a href="/api/platform/status">Status</a>, <a href="/health">health</a>, <a href="/metrics">metrics</a></dt><dd>What anybody may see.</dd>
</dl>
<form method="post" action="/admin/sign-out"><button>Sign out</button></form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,"><title>${title} · mvp-platform-vehicles</title><style>${STYLE}</style></head>
<body><h1>mvp-platform-vehicles</h1>
${body}
</body>
</html>
`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  };
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * For every answer below /admin: kept by nobody, shown in no frame, and scripts only from here. The pages of GraphiQL and of the job
 * queue are made by libraries with scripts and styles in the page, so these are allowed; what they load is not, from elsewhere.
 */
export function protect(res: Response): void {
  res.set({
    'Cache-Control': 'no-store',
    'Content-Security-Policy':
      "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // Not no-referrer: that would make the Origin of our own forms null.
    'Referrer-Policy': 'same-origin',
  });
}

/** The page after signing in: one below /admin, and never another site. */
export function nextPage(wanted: unknown): string {
  return typeof wanted === 'string' && /^\/admin(?:\/[\w/.-]*)?$/.test(wanted) ? wanted : '/admin';
}
