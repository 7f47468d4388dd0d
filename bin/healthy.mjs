// Asked by the container's health check: whether the program in it is up. The worker answers at METRICS_PORT.
const [path, port] = process.argv[2] === 'worker'
  ? ['/health/ready', process.env.METRICS_PORT ?? 9464]
  : ['/api/health/live', process.env.PORT ?? 3000];

const answer = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2_500) }).catch(() => null);
process.exit(answer?.ok ? 0 : 1);
