export default async function tearDown() {
  await globalThis.testServices?.close();
}
