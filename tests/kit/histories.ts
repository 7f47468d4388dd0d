import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { expect } from '@jest/globals';
import type { App } from './app.ts';
import { quiet } from './quiet.ts';
import { workflowBundle } from './services.ts';

export type History = Parameters<typeof historyToJSON>[0];
export const historyFolder = fileURLToPath(new URL('../histories/', import.meta.url));
export const recording = Boolean(process.env['RECORD_HISTORIES']);

/** The workflows of the sources as they are, in one script. */
export const bundleOfNow = async (): Promise<string> => readFile((await workflowBundle()).codePath, 'utf8');

/** Throws where the code asks for other commands than the history has. */
export async function replay(history: History, code: string, name = 'replay'): Promise<void> {
  quiet();
  await Worker.runReplayHistory({ workflowBundle: { code }, replayName: name }, history);
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
  for (let sent = 0; (await execution.describe()).runId === runId; sent += 1) {
    expect(sent).toBeLessThan(500);
    await execution.signal(signal, { seq: 0 });
  }
  const history = await app.engine.client.workflow.getHandle(workflowId, runId).fetchHistory();
  await keep(name, history);
  return history;
}

/** The same workflows without one of their activity calls: where it was asked for, nothing happens any more. */
export function without(code: string, activity: string): string {
  const imported = new RegExp(`(const \\{[^}]*\\b)${activity}(\\b[^}]*\\} = [^;]+;)`);
  const cut = code.replace(imported, `$1${activity}: forgotten$2 const ${activity} = () => new Promise(() => {});`);
  expect(cut).not.toBe(code);
  return cut;
}
