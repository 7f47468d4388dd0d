import { writeFileSync } from 'node:fs';
import { command } from '../failure.ts';
import { generatedPages } from './pages.ts';

/** `npm run docs`: makes the generated pages, and parts of pages, anew. */
await command(async () => {
  for (const [page, text] of generatedPages()) writeFileSync(page, text);
});
