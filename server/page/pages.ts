/** The pages: the address, the name of their files, and what the browser's tab says. */
export const PAGES = [
  { path: '/', name: 'decode', title: 'Decode a VIN' },
  { path: '/list', name: 'list', title: 'Decode a list of VINs' },
  { path: '/browse', name: 'browse', title: 'Browse vehicles' },
  { path: '/data', name: 'data', title: 'The data' },
] as const;

export type Page = (typeof PAGES)[number];
