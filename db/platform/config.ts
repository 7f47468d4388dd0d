import { existsSync } from 'node:fs';
import { z } from 'zod';
import '../../domain/platform/shape/shape-words.ts';

const port = z.coerce.number('must be a port number').int().min(0).max(65_535);
const count = z.coerce.number('must be a number').int().min(1);
const databaseUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must be postgres://user:password@host:port/name' });
const webUrl = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });
/** `id:key` separated by commas, each key 32 bytes in base64, each id named once. */
const isKeyRing = (text: string): boolean => {
  const keys = text.split(',').map((key) => /^([\w-]{1,20}):([A-Za-z0-9+/]{43}=)$/.exec(key.trim())?.[1]);
  return keys.every(Boolean) && new Set(keys).size === keys.length;
};
const hookSecret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/, 'must be whsec_ and a key in base64');
const list = z.string().transform((text) => text.split(',').map((item) => item.trim()).filter(Boolean));

/**
 * Every variable that configures the product, in the order of `.env.example`. What `npm start` finds out by itself
 * (addresses, secrets) is optional here; each command asks for what it needs with `required`.
 */
export const Environment = z.object({
  NODE_ENV: z.enum(['production', 'development', 'test']).default('production'),
  PORT: port.default(3000),
  HOST: z.string().default('127.0.0.1'),
  TLS_PORT: port.optional(),
  TLS_CERT_FILE: z.string().optional(),
  TLS_KEY_FILE: z.string().optional(),
  METRICS_PORT: port.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: webUrl.optional(),
  ORIGIN: webUrl.optional(),
  DRAIN_SECONDS: z.coerce.number().int().min(0).max(60).default(0),
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  DATA_DIR: z.string().default('.data'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  DATABASE_URL: databaseUrl.optional(),
  APP_DATABASE_URL: databaseUrl.optional(),
  RELAY_DATABASE_URL: databaseUrl.optional(),
  DATABASE_PORT: port.optional(),
  DB_POOL: count.default(10),
  DB_REPORT_POOL: count.default(2),
  TEMPORAL_ADDRESS: z.string().regex(/^[^\s/]+:\d+$/, 'must be host:port').optional(),
  TEMPORAL_NAMESPACE: z.string().default('default'),
  TEMPORAL_TASK_QUEUE: z.string().default('throughline'),
  TEMPORAL_CLI: z.string().optional(),
  TEMPORAL_TEST_SERVER: z.string().optional(),
  TEMPORAL_PORT: port.optional(),
  TEMPORAL_UI_PORT: port.optional(),
  TEMPORAL_UI_URL: webUrl.optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SECRET_KEYS: z.string().refine(isKeyRing, 'must be id:key, newest first, each key 32 bytes in base64').optional(),
  ENCRYPT_PAYLOADS: z.stringbool('must be true or false').default(false),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must be smtp://user:password@host:port' }).optional(),
  MAIL_FROM: z.string().default('Throughline <throughline@localhost>'),
  SENDGRID_API_KEY: z.string().optional(),
  RESEND_API_KEY: z.string().optional(),
  DELIVERY_SECRET: hookSecret.optional(),
  RESEND_WEBHOOK_SECRET: hookSecret.optional(),
  SENDGRID_WEBHOOK_KEY: z.base64('must be the verification key of SendGrid').optional(),
  TWILIO_ACCOUNT_SID: z.string().optional(),
  TWILIO_AUTH_TOKEN: z.string().optional(),
  TWILIO_FROM: z.string().optional(),
  STORAGE_ENDPOINT: webUrl.optional(),
  STORAGE_BUCKET: z.string().optional(),
  STORAGE_REGION: z.string().default('us-east-1'),
  STORAGE_KEY_ID: z.string().optional(),
  STORAGE_SECRET: z.string().optional(),
  FILE_SIZE_MAX_MB: z.coerce.number('must be a number').int().min(1).max(4_000).default(25),
  DEFAULT_TENANT: z.string().default('demo'),
  DEMO_PASSWORD: z.string().min(8, 'must have at least 8 characters').optional(),
  PRIVATE_NETWORKS: z.enum(['refuse', 'allow']).default('refuse'),
  CORS_ORIGINS: list.default([]),
  RATE_LIMIT_PER_MINUTE: count.default(1200),
  SIGNIN_LIMIT_PER_MINUTE: count.default(20),
});

export type Config = z.infer<typeof Environment>;

/** What is wrong with the environment, one sentence for each variable. */
export class ConfigError extends Error {}

/** Parses an environment; an empty value counts as not set, as in `PORT= npm start`. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = Environment.safeParse(set);
  if (result.success) return result.data;
  const wrong = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new ConfigError(`The environment is not valid. ${wrong.join('; ')}.`);
}

/** The configuration of this process: `.env` in the working directory, overruled by the environment. */
export function loadConfig(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}

/** The same configuration, with these variables proved to be set. */
export function required<Name extends keyof Config>(config: Config, ...names: Name[]): Config & Proved<Name> {
  const missing = names.filter((name) => config[name] === undefined);
  if (missing.length > 0) throw new ConfigError(`Not set: ${missing.join(', ')}. See .env.example.`);
  return config as Config & Proved<Name>;
}

type Proved<Name extends keyof Config> = { [Key in Name]-?: NonNullable<Config[Key]> };
