/** Measurements of one name, in turns: A B, then B A, and so on, after one turn of each that does not count. */
export async function interleaved<Name extends string, T>(
  rounds: number,
  arms: Record<Name, () => Promise<T>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(arms) as Name[];
  const measured = Object.fromEntries(names.map(name => [name, [] as T[]])) as Record<Name, T[]>;
  for (const name of names) await arms[name]();
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 ? names.toReversed() : names) measured[name].push(await arms[name]());
  }
  return measured;
}
