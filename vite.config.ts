import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Rolldown } from 'vite';

/** Who needs what: every page, those of the app, those to sign in. */
const every = ['client/client-entry.js', 'client-optimized/app.js', 'routes/+layout.svelte'];
const app = ['routes/(app)/+layout.svelte', 'routes/(app)/+layout.ts'];
const signIn = ['routes/auth/'];
/** Of all pages and parts that come later, so many must need what travels with what most need. */
const mostOf = 60;

// Kit takes the working directory for its root, so this file stays at the top.
export default defineConfig({
  server: { watch: { ignored: ['**/.data/**'] }, fs: { allow: ['domain'] } },
  environments: { client: { build: { rolldownOptions: { output: { codeSplitting: { groups: together() } } } } } },
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'web/build' }),
      files: { src: 'web/src', assets: 'web/static' },
      outDir: 'web/.svelte-kit',
      csp: {
        mode: 'nonce',
        directives: {
          'default-src': ['self'],
          'script-src': ['self'],
          // Positions on a time axis are style attributes; they cannot carry a nonce.
          'style-src': ['self', 'unsafe-inline'],
          'img-src': ['self', 'data:'],
          'font-src': ['self'],
          'connect-src': ['self'],
          'object-src': ['none'],
          'base-uri': ['self'],
          'form-action': ['self'],
          'frame-ancestors': ['none'],
        },
      },
    }),
  ],
});

/**
 * Which modules travel in one file. Many small files compress badly, and each names all the others that it needs: what
 * every page needs is one file, what every page of the app needs besides is another, what most need a third.
 */
function together(): Rolldown.CodeSplittingGroup[] {
  const [byEvery, byApp, bySignIn] = [every, app, signIn].map(needing) as [Needing, Needing, Needing];
  return [
    {
      debugName: 'start', priority: 3,
      name: (id, known) => (byEvery(id, known) || (byApp(id, known) && bySignIn(id, known)) ? 'start' : null),
    },
    { debugName: 'app', priority: 2, name: (id, known) => (byApp(id, known) ? 'app' : null) },
    { name: 'most', priority: 1, minShareCount: mostOf, test: id => !id.includes('.css') },
  ];
}

type Needing = (id: string, known: Rolldown.ChunkingContext) => boolean;

/** Whether one of the roots imports a module, straight or through others. */
function needing(roots: string[]): Needing {
  const needed = new Set<string>();
  return (id, known) => {
    const importers = (of: string): readonly string[] => known.getModuleInfo(of)?.importers ?? [];
    const way = new Set(importers(id));
    for (const at of way) {
      if (needed.has(at) || roots.some(root => at.includes(root))) {
        needed.add(id);
        return true;
      }
      for (const importer of importers(at)) way.add(importer);
    }
    return false;
  };
}
