import type { KnownValue } from '@muster/nl-rules'

/** Other names under which people know cities. They count only where the city itself occurs. */
const cityNames: Readonly<Record<string, readonly string[]>> = {
  Mumbai: ['Bombay'],
  Delhi: ['New Delhi'],
  Bengaluru: ['Bangalore'],
  Bangalore: ['Bengaluru'],
  Chennai: ['Madras'],
  Kolkata: ['Calcutta'],
  Pune: ['Poona'],
  Gurugram: ['Gurgaon'],
  Gurgaon: ['Gurugram'],
  Kochi: ['Cochin'],
  Mysuru: ['Mysore'],
  Thiruvananthapuram: ['Trivandrum'],
  Vadodara: ['Baroda'],
  Varanasi: ['Banaras', 'Benares'],
  Visakhapatnam: ['Vizag'],
  'New York': ['NYC', 'New York City'],
  'Los Angeles': ['LA'],
  'San Francisco': ['SF'],
  Munich: ['München'],
  Cologne: ['Köln'],
  Vienna: ['Wien'],
}

/** Countries are known by name whether or not a customer lives there, so that none is taken for a city. */
const countries: Readonly<Record<string, readonly string[]>> = {
  India: ['Bharat'],
  'United States': ['US', 'USA', 'U.S.', 'U.S.A.', 'United States of America', 'America'],
  'United Kingdom': ['UK', 'U.K.', 'Great Britain', 'Britain'],
  'United Arab Emirates': ['UAE'],
  Canada: [],
  Mexico: [],
  Brazil: [],
  Australia: [],
  'New Zealand': [],
  Singapore: [],
  Malaysia: [],
  Indonesia: [],
  Japan: [],
  China: [],
  'South Africa': [],
  'Sri Lanka': [],
  Nepal: [],
  Bangladesh: [],
  Pakistan: [],
  Germany: ['Deutschland'],
  France: [],
  Spain: ['España'],
  Italy: ['Italia'],
  Portugal: [],
  Netherlands: ['Holland'],
  Belgium: [],
  Switzerland: [],
  Austria: [],
  Sweden: [],
  Norway: [],
  Denmark: [],
  Finland: [],
  Ireland: [],
  Poland: [],
}

/** The cities that occur, with their other names. */
export function withCityNames(cities: readonly KnownValue[]): KnownValue[] {
  return cities.map(({ value }) => ({ value, aliases: cityNames[value] ?? [] }))
}

/** The countries that occur and those everybody knows. One that occurs under another name is known by that. */
export function withCountryNames(occurring: readonly KnownValue[]): KnownValue[] {
  const taken = new Set(occurring.map(({ value }) => value.toLowerCase()))
  const known = Object.entries(countries).filter(
    ([name, names]) => ![name, ...names].some((one) => taken.has(one.toLowerCase())),
  )
  const aliasesOf = (value: string) =>
    Object.entries(countries).find(([name, names]) =>
      [name, ...names].some((one) => one.toLowerCase() === value.toLowerCase()),
    )
  return [
    ...occurring.map(({ value }) => {
      const [name, names] = aliasesOf(value) ?? [value, []]
      return { value, aliases: [name, ...names].filter((one) => one !== value) }
    }),
    ...known.map(([value, aliases]) => ({ value, aliases })),
  ]
}
