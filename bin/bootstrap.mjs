// Runs before `npm start`, `npm test` and `npm run check`, under whatever Node the machine has: installs the packages
// (Node 24 is one of them) when they are missing or the lock file has changed. Only Node's own modules here.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SPACE_BYTES = 1_500_000_000;
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(root, 'node_modules');
const stamp = join(modules, '.throughline-installed');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const hash = createHash('sha256').update(lock).digest('hex');

if (Number(process.versions.node.split('.')[0]) < 20) {
  stop(`Node ${process.versions.node} is too old: install Node 20 or newer (https://nodejs.org).`);
}
if (read(stamp) !== hash) {
  if (!npmHasInstalled()) await install();
  writeFileSync(stamp, hash);
}

/** Whether npm was run by hand: its own record of what it installed agrees with the lock file. */
function npmHasInstalled() {
  const record = read(join(modules, '.package-lock.json'));
  if (!record || !existsSync(join(modules, '.bin', 'node'))) return false;
  const installed = JSON.parse(record).packages;
  const wanted = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '');
  return wanted.every(([path, { version, optional }]) => installed[path]?.version === version || optional);
}

async function install() {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < SPACE_BYTES) stop(`Not enough disk space below ${root}: the packages need 1.5 GB.`);
  const title = 'Installing packages';
  const seconds = () => `${Math.round((Date.now() - began) / 1000)} s`;
  const began = Date.now();
  console.log(`  … ${title} (once, one to three minutes)`);
  const sign = setInterval(() => console.log(`  … ${title} (${seconds()})`), 10_000);
  // Without a network, an install would try each of its hundreds of packages for minutes.
  const ping = await run('npm', ['ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000']);
  if (networkError(ping.output)) stop(reason(ping.output, ping.code));
  const { code, output } = await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  clearInterval(sign);
  if (code !== 0) stop(reason(output, code));
  console.log(`  ✓ ${title} (${seconds()})`);
}

function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => { output += chunk; });
    child.once('error', (error) => resolve({ code: error.code, output }));
    child.once('exit', (code) => resolve({ code, output }));
  });
}

/** One line that says what to do, for the failures that people meet. */
function reason(output, code) {
  if (code === 'ENOENT') return 'npm is missing: install it with Node (https://nodejs.org).';
  if (/ENOSPC/.test(output)) return `No disk space left below ${root}. Free 2 GB and start again.`;
  if (/EACCES|EROFS|EPERM/.test(output)) return `Cannot write to ${join(root, 'node_modules')}: check who owns it.`;
  const network = networkError(output);
  if (network) return `No network: npm cannot reach its registry (${network}). Connect, or set npm's proxy.`;
  const line = output.split('\n').find((text) => /^npm (error|ERR!) (?!code)/.test(text)) ?? `exit code ${code}`;
  return `npm could not install the packages: ${line.replace(/^npm (error|ERR!) /, '')}. \`npm install\` shows more.`;
}

function networkError(output) {
  return /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH/.exec(output)?.[0];
}

function read(path) {
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function stop(message) {
  console.error(message);
  process.exit(1);
}
