import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig, type Rolldown } from 'vite';

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
 * every page has is one file, what every page of the app has is another, and the rest is joined where it is small.
 */
function together(): Rolldown.CodeSplittingGroup[] {
  const joined = (name: string, priority: number, ...roots: string[]): Rolldown.CodeSplittingGroup => {
    const needed = new Set<string>();
    return {
      debugName: name, priority,
      name: (id, known) => (isNeeded(id, roots, needed, known) ? name : null),
    };
  };
  return [
    joined('start', 2, 'client/client-entry.js', 'client-optimized/app.js', 'routes/+layout.svelte', 'routes/auth/'),
    joined('app', 1, 'routes/(app)/+layout.svelte', 'routes/(app)/+layout.ts'),
  ];
}

/** Whether one of the roots imports the module, straight or through others; `needed` are those known to be. */
function isNeeded(id: string, roots: string[], needed: Set<string>, known: Rolldown.ChunkingContext): boolean {
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
}
