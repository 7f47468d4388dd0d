import { readdirSync } from 'node:fs';

/** Every page that the web has, by its route: `/povs/[povId]/team`. What developers look at has no data. */
export const routes = (): string[] =>
  readdirSync('web/src/routes', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('+page.svelte'))
    .map(path => `/${path.replace(/\([^)]*\)\//g, '').replace(/\/?\+page\.svelte$/, '')}`)
    .filter(route => !route.startsWith('/dev/'))
    .sort();

/** The routes that none of these pages is of: what a list of pages has forgotten. */
export function forgotten(all: string[], addresses: string[]): string[] {
  const paths = addresses.map(address => address.replace(/[?#].*/, ''));
  const patterns = all.map(route => ({
    route,
    is: new RegExp(`^${route.replace(/\/\[\[\w+\]\]/g, '(/[^/]+)?').replace(/\[\w+\]/g, '[^/]+')}$`),
  }));
  const own = (path: string): string | undefined =>
    all.includes(path) ? path : patterns.find(p => p.is.test(path))?.route;
  const tried = new Set(paths.map(own));
  return all.filter(route => !tried.has(route));
}
