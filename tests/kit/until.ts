/** Waits for a condition, asked again and again, up to half a minute. */
export async function until(what: string, holds: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain until ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}
