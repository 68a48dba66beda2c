/** The routes that an Express application really has. */

import type { Express } from 'express';

/** As Express 5 keeps it; its types know less. */
interface Layer {
  /** What it matches of a path; false when it is not for it. */
  match(path: string): { path: string } | false;
  route?: Route;
  handle: unknown;
}

/** A path and its methods. Every route also has `_all`: the 405 of http/resource.ts. */
export interface Route {
  path: unknown;
  methods: Readonly<Record<string, boolean>>;
}

/** The methods that mean something to clients; HEAD goes with GET, OPTIONS with all. */
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Every route with each of its methods. */
export function routesOf(app: Express): { route: Route; method: string }[] {
  return all(layersOf(app.router)).flatMap((route) =>
    METHODS.filter((method) => route.methods[method]).map((method) => ({ route, method })),
  );
}

/** The route that gets a request, found as Express does. */
export function routeFor(app: Express, method: string, path: string): Route | undefined {
  return found(layersOf(app.router), method.toLowerCase(), path);
}

function all(layers: readonly Layer[]): Route[] {
  return layers.flatMap(({ route, handle }) => (route ? [route] : all(layersOf(handle))));
}

function found(layers: readonly Layer[], method: string, path: string): Route | undefined {
  for (const layer of layers) {
    const matched = layer.match(path);
    if (matched === false) continue;
    if (layer.route !== undefined) {
      if (layer.route.methods[method]) return layer.route;
      if (layer.route.methods._all) return undefined;
      continue;
    }
    const within = found(layersOf(layer.handle), method, path.slice(matched.path.length) || '/');
    if (within !== undefined) return within;
  }
  return undefined;
}

/** What is in a router; nothing is in other middleware. */
function layersOf(handle: unknown): readonly Layer[] {
  return typeof handle === 'function' && 'stack' in handle && Array.isArray(handle.stack) ? handle.stack : [];
}
