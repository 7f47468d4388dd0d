/** Runs once at SIGTERM or SIGINT, or when the parent that holds our stdin pipe is gone. */
export function onStop(stop: () => void): void {
  let stopping = false;
  const once = (): void => {
    if (stopping) return;
    stopping = true;
    stop();
  };
  process.on('SIGTERM', once);
  process.on('SIGINT', once);
  if (process.channel) process.on('disconnect', once);
}
