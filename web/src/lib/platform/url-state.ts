/** `page.url` of kit, or any URL. */
export interface Address {
  readonly pathname: string;
  readonly searchParams: { get(name: string): string | null; toString(): string };
}

/**
 * An address with some parameters changed; null, undefined and '' take one away.
 * Changing anything goes back to page 1.
 */
export function withParams(
  url: Address,
  changes: Record<string, string | number | readonly string[] | null | undefined>,
): string {
  const next = new URLSearchParams(url.searchParams.toString());
  if (!('page' in changes)) next.delete('page');
  for (const [name, value] of Object.entries(changes)) {
    const text = Array.isArray(value) ? value.join(',') : value;
    if (text === null || text === undefined || text === '') next.delete(name);
    else next.set(name, String(text));
  }
  return next.size ? `${url.pathname}?${next.toString().replaceAll('%2C', ',')}` : url.pathname;
}

/** The values of a parameter that holds several, by comma. */
export const paramList = (url: Address, name: string): string[] =>
  url.searchParams.get(name)?.split(',').filter(Boolean) ?? [];
