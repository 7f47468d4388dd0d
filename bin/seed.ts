import { loadConfig, required } from '../db/platform/config.ts';
import { DEMO_TENANT, demoState, demoUsers, seedDemoTenant } from './demo.ts';
import { command, Failure } from './failure.ts';
import { step } from './progress.ts';
import { readablePassword } from './secrets.ts';

/** `npm run seed`: fills the demo tenant of a database that has none. */
await command(async () => {
  const config = required(loadConfig(), 'DATABASE_URL', 'APP_DATABASE_URL');
  const { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl, DEMO_PASSWORD } = config;
  if ((await demoState(ownerUrl)) === 'demo') throw new Failure('The demo tenant is there already.');
  const password = DEMO_PASSWORD ?? readablePassword();
  await step('Demo tenant', (say) => seedDemoTenant({ ownerUrl, appUrl, password, say }));
  const shown = DEMO_PASSWORD ? 'the one of DEMO_PASSWORD' : password;
  console.log(`Sign in to tenant ${DEMO_TENANT} as ${demoUsers.join(', ')}; password: ${shown}`);
});
