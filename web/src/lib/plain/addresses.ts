/** First words of the addresses of plain pages; alone, because every page loads them. */
export const plainAddresses = ['warehouses', 'email-templates', 'interactions'] as const;
export type PlainAddress = (typeof plainAddresses)[number];

export const plainAddress = (word: string): PlainAddress | undefined => plainAddresses.find(known => known === word);
