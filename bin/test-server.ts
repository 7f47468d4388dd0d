import { execFile } from 'node:child_process';
import { access, chmod, constants, rename, rm, writeFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache.ts';
import { Failure } from './failure.ts';
import type { Say } from './progress.ts';
import { downloadBySdk } from './sdk-download.ts';
import { isNoProgram } from './temporal-cli.ts';

const run = promisify(execFile);
const VERSION = '1.38.0';
const MAVEN_MS = 300_000;

/** The time-skipping server for tests: TEMPORAL_TEST_SERVER, else of an earlier run, else downloaded, else by Maven. */
export async function testServerPath(say: Say = () => undefined): Promise<string> {
  const named = process.env['TEMPORAL_TEST_SERVER'];
  if (named) return named;
  const cached = join(await cacheFolder('bin'), `temporal-test-server-${VERSION}`);
  if (await isExecutable(cached)) return cached;
  if (await downloadBySdk('test-server', cached, say)) return cached;
  say('Maven');
  await fetchByMaven(cached);
  return cached;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(() => true, () => false);
}

/** Gets the Java server with its libraries, and a script that starts it as the SDK expects. */
async function fetchByMaven(script: string): Promise<void> {
  const folder = await cacheFolder(`temporal-test-server-${VERSION}`);
  const fresh = join(folder, `lib-${process.pid}`);
  await mkdir(fresh, { recursive: true });
  await writeFile(join(folder, 'pom.xml'), pom);
  try {
    await run('java', ['-version']);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${fresh}`];
    await run('mvn', ['-q', '-B', '-f', join(folder, 'pom.xml'), ...goal], { timeout: MAVEN_MS });
  } catch (error) {
    const why = isNoProgram(error) ? 'Java or Maven is missing' : 'Maven could not fetch it';
    throw new Failure('No time-skipping Temporal server for tests: temporal.download does not answer and '
      + `${why}. Set TEMPORAL_TEST_SERVER to one, or install Java and Maven.`);
  }
  await rm(join(folder, 'lib'), { recursive: true, force: true });
  await rename(fresh, join(folder, 'lib'));
  const java = '-XX:+UseSerialGC -XX:TieredStopAtLevel=1';
  const line = `exec java ${java} -cp '${folder}/lib/*' io.temporal.testserver.TestServer "$@"`;
  await writeFile(`${script}.new`, `#!/bin/sh\n${line}\n`);
  await chmod(`${script}.new`, 0o755);
  await rename(`${script}.new`, script);
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>
<groupId>throughline</groupId><artifactId>test-server</artifactId><version>1</version><dependencies>
<dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${VERSION}</version>
</dependency>
<dependency><groupId>org.slf4j</groupId><artifactId>slf4j-nop</artifactId><version>2.0.17</version></dependency>
</dependencies></project>
`;
