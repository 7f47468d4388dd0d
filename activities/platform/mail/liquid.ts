import { Liquid } from 'liquidjs';
import { invalidField } from '../../../domain/platform/errors.ts';
import { isPlace, liquidOf, placeText, type Places } from '../../../domain/platform/mail/placeholder.ts';

/** No files, and bounds for what a text may take: those who write it are not those who run it. */
const liquid = new Liquid({ templates: {}, parseLimit: 20_000, renderLimit: 200, memoryLimit: 1_000_000 });
for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];

export interface LiquidText {
  /** The steps to each of its places: `['contact', 'firstName']`. */
  places: readonly (readonly unknown[])[];
  fill(data: Record<string, unknown>): string;
}

/** A text with places, `{firstName}` or Liquid, of a field of the body: one that cannot be read refuses that field. */
export function liquidText(text: string, field: string): LiquidText {
  const parsed = read(field, () => liquid.parse(liquidOf(text)));
  return {
    places: read(field, () => liquid.globalVariableSegmentsSync(parsed)),
    fill: data => read(field, () => liquid.renderSync(parsed, data) as string),
  };
}

/** Refuses a text whose places are not all there, and names the first that is not. */
export function knownText(text: string, field: string, { places, bare }: { places: Places; bare: readonly string[] }) {
  const read = liquidText(text, field);
  const unknown = read.places.find(steps => !isPlace(steps, places, bare));
  if (unknown) throw invalidField(field, `has no placeholder {${placeText(unknown)}}`, 'unknown-placeholder');
  return read;
}

function read<T>(field: string, what: () => T): T {
  try {
    return what();
  } catch (e) {
    throw invalidField(field, `cannot be read: ${(e as Error).message.split('\n')[0]!.slice(0, 200)}`);
  }
}
