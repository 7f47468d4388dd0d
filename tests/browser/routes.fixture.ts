import { readdirSync } from 'node:fs';
import { plainAddresses, type PlainAddress } from '../../web/src/lib/plain/addresses.ts';

/** In the routes of records whose pages are generic. */
const plain = '[plain=plain]';

/** Every page that the web has, by its route: `/povs/[povId]/team`. What developers look at has no data. */
export const routes = (): string[] =>
  readdirSync('web/src/routes', { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('+page.svelte'))
    .map(path => `/${path.replace(/\([^)]*\)\//g, '').replace(/\/?\+page\.svelte$/, '')}`)
    .flatMap(route => (route.includes(plain) ? plainAddresses.map(address => route.replace(plain, address)) : [route]))
    .filter(route => !route.startsWith('/dev/'))
    .sort();

type NamedPages = [name: string, path: () => string][];
/** The pages of records whose pages are generic; `ids` has one of each. */
export const plainPages = (
  ids: () => Record<PlainAddress, string>,
): Record<'lists' | 'forms' | 'ofOne', NamedPages> => ({
  lists: plainAddresses.map(address => [address, () => `/${address}`]),
  forms: plainAddresses.map(address => [`a new one of ${address}`, () => `/${address}/new`]),
  ofOne: plainAddresses.flatMap(address => ['', '/history', '/edit'].map((tab): [string, () => string] =>
    [`one of ${address}: ${tab.slice(1) || 'overview'}`, () => `/${address}/${ids()[address]}${tab}`])),
});

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
