// Plain JavaScript, since Jest would compile a TypeScript setup to CommonJS.
export default async function setUp() {
  const { openServices } = await import('./services-host.ts');
  globalThis.testServices = await openServices();
  process.env.TEST_SERVICES_URL = globalThis.testServices.url;
}
