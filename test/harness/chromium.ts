import { accessSync, constants } from 'node:fs';

/** Where Debian and others put it; a browser of Playwright's own would have to be downloaded. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The Chromium of the machine; undefined when there is none. */
export const chromium: string | undefined = PLACES.find((path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
});
