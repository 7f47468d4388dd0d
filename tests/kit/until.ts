const leastMs = 20, mostMs = 100;

/**
 * Waits for a condition, asked again and again, up to half a minute. The longer it takes, the more seldom it is asked:
 * what is waited for runs on the same processors.
 */
export async function until(what: string, holds: () => Promise<boolean>, limitMs = 30_000): Promise<void> {
  const began = Date.now();
  while (!(await holds())) {
    const waited = Date.now() - began;
    if (waited > limitMs) throw new Error(`Waited in vain until ${what}`);
    await new Promise(resolve => {
      setTimeout(resolve, Math.min(Math.max(leastMs, waited / 20), mostMs));
    });
  }
}
