import { createHash } from 'node:crypto';
import { stripTypeScriptTypes } from 'node:module';
import { mutated } from './faults/mutant.js';

/** Jest runs the sources as Node itself does: types are blanked out, so that lines and columns stay true. */
export default {
  process: (source, path) => ({ code: stripTypeScriptTypes(mutated(source, path), { mode: 'strip' }) }),
  getCacheKey: (source, path) =>
    createHash('sha1').update(mutated(source, path)).update(path).update(process.version).digest('hex'),
};
