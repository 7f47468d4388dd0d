/** Rows that go in one transaction: it holds no lock for long. */
export const batch = 1000;
export const dayMs = 86_400_000;
