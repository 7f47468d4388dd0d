/** Rows of a list by one of their fields: how many, and the sums of others; all of them last. */
export function groupRows(
  rows: readonly Record<string, string>[], by: string, sums: readonly string[],
): string[][] {
  const groups = Map.groupBy(rows, row => row[by] ?? '');
  const names = [...groups.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const line = (name: string, of: readonly Record<string, string>[]): string[] => [
    name, String(of.length), ...sums.map(field => sumOf(of.map(row => row[field] ?? ''))),
  ];
  return [...names.map(name => line(name || '(none)', groups.get(name)!)), line('Total', rows)];
}

const places = 6;
/** Decimals are added as they are written, to the last digit. */
export function sumOf(values: readonly string[]): string {
  const sum = values.reduce((all, value) => all + scaled(value), 0n);
  const digits = (sum < 0n ? -sum : sum).toString().padStart(places + 1, '0');
  const rest = digits.slice(-places).replace(/0+$/, '');
  return `${sum < 0n ? '-' : ''}${digits.slice(0, -places)}${rest && `.${rest}`}`;
}

function scaled(value: string): bigint {
  const parts = /^(-?)(\d+)(?:\.(\d{1,6}))?\d*$/.exec(value.trim());
  if (!parts) return 0n;
  const whole = BigInt(parts[2]! + (parts[3] ?? '').padEnd(places, '0'));
  return parts[1] ? -whole : whole;
}
