import { type Config, ConfigError, loadConfig, required } from '../../db/platform/config.ts';

/** The configuration of API or worker; what it lacks is said in one line, and the program ends. */
export function programConfig<Name extends keyof Config>(...names: Name[]): ReturnType<typeof required<Name>> {
  try {
    const config = loadConfig();
    return required(config, ...names, ...(config.ENCRYPT_PAYLOADS ? ['SECRET_KEYS' as Name] : []));
  } catch (error) {
    return endWith(error);
  }
}

/** One line for a fault of the environment; any other error is thrown on. */
export function endWith(error: unknown): never {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exit(1);
}
