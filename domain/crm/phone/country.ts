import { getCountries, type CountryCode } from 'libphonenumber-js/max';
import { wordsOf } from '../duplicate/person-name.ts';

/** Languages in which people write the name of a country. */
const languages = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'sv', 'nb', 'da', 'fi', 'pl'];

/** As countries are called beside their names. */
const alsoCalled: Readonly<Record<string, CountryCode>> = {
  'USA': 'US', 'United States of America': 'US', 'America': 'US', 'UK': 'GB', 'Great Britain': 'GB', 'England': 'GB',
  'Scotland': 'GB', 'Wales': 'GB', 'Northern Ireland': 'GB', 'Republic of Ireland': 'IE', 'Eire': 'IE',
  'Holland': 'NL', 'The Netherlands': 'NL', 'Czech Republic': 'CZ', 'Turkey': 'TR', 'Korea': 'KR',
  'Republic of Korea': 'KR', 'Russian Federation': 'RU', 'UAE': 'AE', 'Hong Kong': 'HK', 'Macau': 'MO',
  'Burma': 'MM', 'Ivory Coast': 'CI', 'Swaziland': 'SZ', 'Macedonia': 'MK',
};

/** The code of a country that is written as people do: by its code or its name; nothing of any other text. */
export function countryNamed(text: string | null | undefined): CountryCode | undefined {
  // No name is as long: a text of a million letters is none.
  if (!text || text.length > 100) return undefined;
  return (byName ??= named()).get(keyOf(text));
}

let byName: ReadonlyMap<string, CountryCode> | undefined;

function named(): ReadonlyMap<string, CountryCode> {
  const names = new Map(Object.entries(alsoCalled).map(([name, code]) => [keyOf(name), code]));
  const add = (name: string, code: CountryCode): void => {
    if (!names.has(keyOf(name))) names.set(keyOf(name), code);
  };
  for (const code of getCountries()) add(code, code);
  for (const language of languages) {
    const inIt = new Intl.DisplayNames(language, { type: 'region' });
    for (const code of getCountries()) add(inIt.of(code) ?? code, code);
  }
  return names;
}

/** `U.S.A.` and `usa` are one. */
const keyOf = (name: string): string => wordsOf(name).join('');
