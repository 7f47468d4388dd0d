/**
 * A safeguard that this run is without, to see a test go red: `MUTANT` says what a file says instead. Plain JavaScript,
 * since what compiles TypeScript needs it.
 */
export const mutant = process.env.MUTANT ? JSON.parse(process.env.MUTANT) : {};

/** The source of a file, with what the mutant says instead. */
export function mutated(source, path) {
  for (const { file, from, to } of [mutant, ...(mutant.and ?? [])]) {
    if (!file || !path.endsWith(`/${file}`)) continue;
    if (!source.includes(from)) throw new Error(`${file} no longer says: ${from}`);
    return source.replace(from, () => to);
  }
  return source;
}
