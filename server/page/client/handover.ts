/** A list of VINs on its way from one page to the other, and there while the browser's tab is open. */

const KEY = 'list';

/** Whether a text is more than one VIN. */
export function looksLikeList(text: string): boolean {
  return text.trim().split(/\s*[\r\n]+\s*/).length > 1;
}

/** Goes to the page for lists with a text. */
export function handOver(text: string): void {
  remember(text);
  location.assign('/list');
}

/** Keeps the list, so that it is there again when somebody comes back from one of its VINs. */
export function remember(text: string): void {
  try {
    sessionStorage.setItem(KEY, text);
  } catch {
    // More than the browser keeps (5 MB), or it keeps nothing: the list is then only where it was typed.
  }
}

/** The list that was kept; empty when there is none. */
export function remembered(): string {
  try {
    return sessionStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}
