/** Elements made by code: text stays text, whatever it holds, and no HTML is ever parsed. */

type Child = Node | string | number | null | undefined | false;

/** What an element gets: attributes by their names, `class`, and listeners by `on…`; null and false leave one out. */
export interface Attributes {
  [name: string]: string | number | boolean | null | undefined | ((event: Event) => void);
}

/** An element with attributes and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, String(value));
  }
  append(element, children);
  return element;
}

/** Puts children into an element, in place of what is there. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  append(element, children);
}

function append(element: Element, children: Child[]): void {
  for (const child of children) {
    if (child !== null && child !== undefined && child !== false)
      element.append(child instanceof Node ? child : String(child));
  }
}

/** The element of the page's HTML with that id. @throws when the HTML has none of that kind */
export function byId<T extends HTMLElement = HTMLElement>(id: string, kind?: new () => T): T {
  const element = document.getElementById(id);
  if (element === null || (kind !== undefined && !(element instanceof kind))) throw new Error(`no #${id}`);
  return element as T;
}

/** Tells people who listen instead of looking. */
export function speak(text: string): void {
  byId('spoken').textContent = text;
}

/** A custom property, which a style sheet turns into a length; a style attribute is what the page's policy forbids. */
export function withSize<T extends HTMLElement>(element: T, share: number): T {
  element.style.setProperty('--share', String(Math.min(1, Math.max(0, share))));
  return element;
}
