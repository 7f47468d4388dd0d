import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { DataConverter, HistoryAndWorkflowId, Payload } from '@temporalio/common';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker, type ReplayResult } from '@temporalio/worker';
import { afterAll, expect } from '@jest/globals';
import { until, type App } from './app.ts';
import { quiet } from './quiet.ts';
import { workflowBundle } from './services.ts';

export type History = Parameters<typeof historyToJSON>[0];
export const historyFolder = fileURLToPath(new URL('../histories/', import.meta.url));
export const recording = Boolean(process.env['RECORD_HISTORIES']);

/** The workflows of the sources as they are, in one script. */
export const bundleOfNow = async (): Promise<string> => readFile((await workflowBundle()).codePath, 'utf8');

/** The workers of this suite, by the code that they replay on. */
const replayers = new Map<string, Replayer>();
afterAll(async () => {
  for (const replayer of replayers.values()) await replayer.close();
});

/** Throws where the code asks for other commands than the history has. */
export async function replay(
  history: History, code: string, name = 'replay', dataConverter?: DataConverter,
): Promise<void> {
  quiet();
  if (dataConverter)
    return Worker.runReplayHistory({ workflowBundle: { code }, replayName: name, dataConverter }, history);
  const replayer = replayers.get(code) ?? new Replayer(code);
  replayers.set(code, replayer);
  const { runId, error } = await replayer.next(history);
  // What is said of another run would say nothing of this one.
  const started = history.events![0]!.workflowExecutionStartedEventAttributes!;
  expect([name, runId]).toEqual([name, started.originalExecutionRunId]);
  if (error) throw new Error(`${name}: ${error.message}`, { cause: error });
}

/** Replays one history after the other: to make its worker takes longer than most histories take it. */
class Replayer {
  readonly #results: AsyncIterableIterator<ReplayResult>;
  #history!: History;

  constructor(code: string) {
    this.#results = Worker.runReplayHistories({ workflowBundle: { code } }, this.#given());
  }

  async next(history: History): Promise<ReplayResult> {
    this.#history = history;
    const { value, done } = await this.#results.next();
    if (done) throw new Error('The worker of the replays has ended');
    return value;
  }

  async close(): Promise<void> {
    await this.#results.return?.();
  }

  /** The worker asks for one when its result is asked for. */
  async *#given(): AsyncGenerator<HistoryAndWorkflowId> {
    for (;;) yield { workflowId: 'replayed', history: this.#history };
  }
}

export const recorded = async (file: string): Promise<History> =>
  historyFromJSON(JSON.parse(await readFile(historyFolder + file, 'utf8')));

/** With RECORD_HISTORIES the history becomes a file, unless there is one of that name: none is ever recorded again. */
export async function keep(name: string, history: History): Promise<void> {
  const file = `${historyFolder}${name}.json`;
  if (!recording || existsSync(file)) return;
  // Where a failure was thrown names the folders of one machine, and replays the same without.
  const withoutTraces = (key: string, value: unknown): unknown => (key === 'stackTrace' ? '' : value);
  await writeFile(file, `${JSON.stringify(JSON.parse(historyToJSON(history), withoutTraces))}\n`);
}

/** The history of a run that has ended with this result, kept under this name. */
export async function ended(app: App, workflowId: string, result: string, name: string): Promise<History> {
  const execution = app.engine.client.workflow.getHandle(workflowId);
  expect(await execution.result()).toBe(result);
  const history = await execution.fetchHistory();
  await keep(name, history);
  return history;
}

/** Sends the process news that it knows already until its history is full; the run that continued as new, kept. */
export async function filled(app: App, workflowId: string, signal: string, name: string): Promise<History> {
  const execution = app.engine.client.workflow.getHandle(workflowId);
  const { runId } = await execution.describe();
  const goesOn = async (): Promise<boolean> => (await execution.describe()).runId === runId;
  // More than its history may hold; then a pause, since the engine lets no run end that has news to read.
  for (let sent = 0; sent < 600 && (await goesOn()); sent += 1) await execution.signal(signal, { seq: 0 });
  await until('it has continued as new', async () => !(await goesOn()), 60_000);
  const history = await app.engine.client.workflow.getHandle(workflowId, runId).fetchHistory();
  await keep(name, history);
  return history;
}

/** The same workflows without these activity calls: where one was asked for, nothing happens any more. */
export const without = (code: string, ...activities: string[]): string =>
  activities.reduce((left, activity) => {
    const imported = new RegExp(`(const \\{[^}]*\\b)${activity}(\\b[^}]*\\} = [^;]+;)`);
    const nothing = `$1${activity}: forgotten_${activity}$2 const ${activity} = () => new Promise(() => {});`;
    const cut = left.replace(imported, nothing);
    expect(cut).not.toBe(left);
    return cut;
  }, code);

/** A history as the engine keeps it: what whoever operates the engine can read. */
export async function rawHistory({ engine: { client } }: App, workflowId: string): Promise<History> {
  const asked = { namespace: 'default', execution: { workflowId } };
  return (await client.workflowService.getWorkflowExecutionHistory(asked)).history!;
}

/** Every text of a history, and all of its bytes as if they were text. */
export function readable(history: History): string {
  const shown: string[] = [];
  look(history, value => {
    if (typeof value === 'string') shown.push(value);
    if (value instanceof Uint8Array) shown.push(Buffer.from(value).toString('utf8'));
    return true;
  });
  return shown.join('\n');
}

/** What the engine reads itself, or writes itself: ids, states and times. */
const ownToTheEngine = ['header', 'searchAttributes'];

/** Every payload of a history but those. */
export function payloadsIn(history: History): Payload[] {
  const found: Payload[] = [];
  look(history, (value, key) => {
    if (ownToTheEngine.includes(key)) return false;
    // A local activity's marker holds its result, and beside it a note of the SDK's: which one it was and when.
    if (key === 'details' && isRecord(value) && 'data' in value && !('metadata' in value)) {
      look(value['result'], see, 'result');
      return false;
    }
    return see(value);
  });
  return found;

  function see(value: unknown): boolean {
    if (isRecord(value) && 'metadata' in value && 'data' in value) found.push(value as Payload);
    return true;
  }
}

/** What the headers of a history say. */
export function headersIn(history: History): string[] {
  const found: string[] = [];
  look(history, (value, key) => {
    if (key === 'header') found.push(readable(value as History));
    return true;
  });
  return found;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Every value below, as long as it is asked for. */
function look(value: unknown, see: (value: unknown, key: string) => boolean, key = ''): void {
  if (!see(value, key) || value instanceof Uint8Array || !isRecord(value)) return;
  for (const [name, inner] of Object.entries(value)) look(inner, see, name);
}
