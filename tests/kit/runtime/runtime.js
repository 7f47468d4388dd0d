import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beginSuite } from './modules.js';

const { default: JestRuntime } = createRequire(import.meta.url)('jest-runtime');

/** Jest's runtime, but suites and what they import are loaded by Node itself, as in production. */
export default class Runtime extends JestRuntime {
  #env = { ...process.env };
  #globals;

  setGlobalsForRuntime(globals) {
    super.setGlobalsForRuntime(globals);
    this.#globals = globals;
  }

  async unstable_importModule(path) {
    beginSuite({ ...this.#globals, jest: this.jestGlobals.jestObjectFor(path) });
    return import(pathToFileURL(path).href);
  }

  /** What a suite set in the environment is not for the next one. */
  teardown() {
    for (const name of Object.keys(process.env)) if (!(name in this.#env)) delete process.env[name];
    Object.assign(process.env, this.#env);
    super.teardown();
  }
}
