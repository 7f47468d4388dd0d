import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

// Kit takes the working directory for its root, so this file stays at the top.
export default defineConfig({
  server: { watch: { ignored: ['**/.data/**'] } },
  plugins: [
    tailwindcss(),
    sveltekit({
      adapter: adapter({ out: 'web/build' }),
      files: { src: 'web/src', assets: 'web/static' },
      outDir: 'web/.svelte-kit',
    }),
  ],
});
