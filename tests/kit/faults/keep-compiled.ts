import { flushCompileCache } from 'node:module';

/** Preloaded into a program that will be killed: it keeps at once what others keep when they end. */
setTimeout(flushCompileCache, 5_000).unref();
