import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { keepRunning, type Running } from './kept-part.ts';

/** A part whose end the test decides. */
class Part implements Running {
  end: (why: string) => void = () => undefined;
  exited = new Promise<string>((resolve) => { this.end = resolve; });
  stopped = false;
  async stop(): Promise<void> {
    this.stopped = true;
    this.end('asked');
  }
}

let parts: Part[];
let said: string[];
const start = async (): Promise<Part> => {
  const part = new Part();
  parts.push(part);
  return part;
};
const tell = (sentence: string): void => { said.push(sentence); };
const crash = async (why: string): Promise<void> => {
  parts.at(-1)?.end(why);
  await jest.advanceTimersByTimeAsync(0);
};

beforeEach(() => {
  jest.useFakeTimers();
  parts = [];
  said = [];
});
afterEach(() => { jest.useRealTimers(); });

test('starts a part again that ended by itself, later each time', async () => {
  const kept = await keepRunning({ name: 'The API', start, tell });
  for (const wait of [500, 1_000, 2_000]) {
    const before = parts.length;
    await crash('exit code 1');
    await jest.advanceTimersByTimeAsync(wait - 1);
    expect(parts).toHaveLength(before);
    await jest.advanceTimersByTimeAsync(1);
    expect(parts).toHaveLength(before + 1);
  }
  expect(kept.crashes()).toBe(3);
  expect(said[0]).toBe('The API ended (exit code 1); it starts again in 0.5 s');
  expect(said[1]).toBe('The API is up again');
});

test('forgives after a minute of quiet', async () => {
  await keepRunning({ name: 'The API', start, tell });
  await crash('exit code 1');
  await jest.advanceTimersByTimeAsync(61_000);
  await crash('exit code 1');
  await jest.advanceTimersByTimeAsync(500);
  expect(parts).toHaveLength(3);
});

test('tries again when a start fails', async () => {
  let fail = false;
  const flaky = async (): Promise<Part> => {
    if (fail) {
      fail = false;
      throw new Error('port in use');
    }
    return start();
  };
  await keepRunning({ name: 'PostgreSQL', start: flaky, tell });
  fail = true;
  await crash('signal SIGKILL');
  await jest.advanceTimersByTimeAsync(500 + 1_000);
  expect(said).toEqual([
    'PostgreSQL ended (signal SIGKILL); it starts again in 0.5 s',
    'PostgreSQL ended (port in use); it starts again in 1 s',
    'PostgreSQL is up again',
  ]);
});

test('gives what ran before to the next start, which takes over its ports', async () => {
  const seen: (Part | undefined)[] = [];
  await keepRunning({ name: 'Temporal', tell, start: (before?: Part) => { seen.push(before); return start(); } });
  await crash('exit code 1');
  await jest.advanceTimersByTimeAsync(500);
  expect(seen).toEqual([undefined, parts[0]]);
});

test('does not start again what was asked to stop, even while it waits', async () => {
  const kept = await keepRunning({ name: 'The API', start, tell });
  await crash('exit code 1');
  await kept.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(parts).toHaveLength(1);

  const other = await keepRunning({ name: 'The worker', start, tell });
  await other.stop();
  await jest.advanceTimersByTimeAsync(60_000);
  expect(parts).toHaveLength(2);
  expect(parts[1]?.stopped).toBe(true);
});
