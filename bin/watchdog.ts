/**
 * Ends the processes it was told about when its own parent is gone, however hard that one died: the parent holds the
 * other end of standard input, so the end of input means that nobody is left to stop them in order.
 * Lines: `+<pid> <signal>` to watch, `-<pid>` to forget; a negative pid is a whole process group.
 */
import { createInterface } from 'node:readline';

const GRACE_MS = 5_000;
const watched = new Map<number, NodeJS.Signals>();

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
const lines = createInterface({ input: process.stdin });
lines.on('line', (line) => {
  const [pid, signal] = line.slice(1).split(' ');
  if (line.startsWith('+')) watched.set(Number(pid), signal as NodeJS.Signals);
  else watched.delete(Number(pid));
});
lines.on('close', () => {
  for (const [pid, signal] of watched) send(pid, signal);
  const deadline = Date.now() + GRACE_MS;
  const poll = setInterval(() => {
    const late = Date.now() > deadline;
    for (const pid of watched.keys()) if (!send(late ? -Math.abs(pid) : pid, late ? 'SIGKILL' : 0)) watched.delete(pid);
    if (watched.size === 0 || late) clearInterval(poll);
  }, 100);
});

/** False when there is nobody left to get the signal. */
function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
