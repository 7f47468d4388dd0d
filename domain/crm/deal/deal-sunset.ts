/** When the old name of opportunities became deprecated, in seconds, as the header `Deprecation` says it (RFC 9745). */
const deprecatedAt = Date.UTC(2026, 10, 28) / 1000;
const successor = '/api/crm/opportunities';

/** What an answer under the old name says of its end; `sunset` is the first day on which there is none. */
export const dealHeaders = (sunset: string | null): Record<string, string> => ({
  Deprecation: `@${deprecatedAt}`,
  Link: `<${successor}>; rel="successor-version"`,
  ...(sunset === null ? {} : { Sunset: new Date(`${sunset}T00:00:00Z`).toUTCString() }),
});

/** Why there is no answer any more, in a sentence. */
export const whyDealsGone = (sunset: string | null, now: string): string | undefined =>
  sunset !== null && now >= `${sunset}T00:00:00` ? `Deals are opportunities now: use ${successor}` : undefined;
