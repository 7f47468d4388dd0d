/**
 * A safeguard that this run is without, to see a test go red: `MUTANT` says what a file says instead. Plain JavaScript,
 * since what compiles TypeScript needs it.
 */
export const mutant = process.env.MUTANT ? JSON.parse(process.env.MUTANT) : {};

/** The source of a file, with what the mutant says instead. */
export function mutated(source, path) {
  const { file, from, to } = mutant;
  if (!file || !path.endsWith(`/${file}`)) return source;
  if (!source.includes(from)) throw new Error(`${file} no longer says: ${from}`);
  return source.replace(from, () => to);
}
