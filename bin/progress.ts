const FIRST_WORD_MS = 2_000;
const NEXT_WORD_MS = 10_000;

export type Say = (detail: string) => void;

/**
 * Runs one step of a command and tells the reader: one line when it is done, and a sign of life every ten seconds
 * while it is not. Plain lines, so that logs and terminals show the same.
 */
export async function step<T>(title: string, work: (say: Say) => Promise<T>): Promise<T> {
  const began = performance.now();
  let detail = '';
  const tell = (): void => console.log(`  … ${title} (${elapsed(began)}${detail && `, ${detail}`})`);
  let timer = setTimeout(function again() {
    tell();
    timer = setTimeout(again, NEXT_WORD_MS);
  }, FIRST_WORD_MS);
  try {
    const result = await work((next) => { detail = next; });
    console.log(`  ✓ ${title} (${elapsed(began)})`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds since `began`, for people: `0.8 s`, `12 s`, `3:05 min`. */
export function elapsed(began: number): string {
  const seconds = (performance.now() - began) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
}
