/** Preloaded into a process (`node --import`): its machine's clock is CLOCK_OFF_MS off. */
const offMs = Number(process.env['CLOCK_OFF_MS']);
const machine = Date,
  now = machine.now.bind(machine);
machine.now = () => now() + offMs;
globalThis.Date = new Proxy(machine, {
  construct: (of, given, as) => Reflect.construct(of, given.length ? given : [machine.now()], as) as Date,
});
