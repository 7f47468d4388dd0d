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
  const said = faultOf(error);
  if (said === undefined) throw error;
  console.error(said);
  process.exit(1);
}

const unavailable = 14;
const unwritable = ['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'ENOENT', 'EEXIST'];

/** What of the environment an error tells of; undefined when it is a fault of the program. */
function faultOf(error: unknown): string | undefined {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return undefined;
  const { code, path, port } = error as { code?: unknown; path?: unknown; port?: unknown };
  if (code === unavailable || error.name === 'TransportError')
    return `Temporal does not answer at TEMPORAL_ADDRESS (${process.env['TEMPORAL_ADDRESS']}): start it first.`;
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set another one, or stop what listens there.`;
  if (code === 'ENOSPC') return 'No disk space left: free some and start again.';
  if (typeof code === 'string' && unwritable.includes(code) && path)
    return `Cannot write at ${path} (${code}): set DATA_DIR to a folder that this user may write.`;
  return undefined;
}
