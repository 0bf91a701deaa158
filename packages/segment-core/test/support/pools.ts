/** Values at the edges, shared by rows and rules so that they meet. */

export const texts = [
  '',
  ' ',
  'a',
  'A',
  'b',
  'ab',
  'Mumbai',
  'mumbai',
  'MUMBAI ',
  ' mumbai',
  'mumbai\t',
  'Straße',
  'STRASSE',
  'strasse',
  'İstanbul',
  'istanbul',
  'i\u0307stanbul',
  'ISTANBUL',
  'é',
  'e\u0301',
  'É',
  'E\u0301',
  'e',
  'ﬀ',
  'ff',
  'ΑΣ',
  'ας',
  'ασ',
  '\u2126',
  'ω',
  'K',
  '\u212a',
  '😀',
  '😀a',
  '🏳️‍🌈',
  '\ud7ff',
  '\ue000',
  '\u{10ffff}',
  '\u{10ffff}x',
  'a%b',
  'a_b',
  'axb',
  'a\\b',
  'a!b',
  'a?b',
  "O'Hara",
  '"q"',
  '`q`',
  "'; DROP TABLE people; --",
  '$1',
  ':name',
  'null',
  '0',
  '1',
  '1.0',
  '2026-01-31',
  'a\nb',
  'a\r',
  'a\u00a0',
  'a\u200b',
  'female',
  'Female',
  'Male',
  'male',
  'x '.repeat(20),
  'ʼn',
  'ŉ',
  '가',
  '\u1100\u1161',
] as const

/** Stored texts only: no text in a rule holds U+0000, and PostgreSQL stores none. */
export const textsWithNul = ['a\0b', '\0', 'a\0', 'mumbai\0'] as const

export const amounts = [
  0, 0.01, -0.01, 0.1, 0.29, 0.3, 1, 1.1, 9.99, 10, 33.33, 33.34, 99.99, 100, 100.01, -5, -5.55, 1234.56, 5000, 4999.99,
  5000.01, 9_999_999_999_999.99, -9_999_999_999_999.99, 4_503_599_627_370.49,
] as const

/** Amounts that a money field of two decimals can hold are also numbers of a rule. */
export const wholeNumbers = [
  0,
  1,
  2,
  3,
  5,
  10,
  -1,
  -2,
  100,
  999_999_999_999_999,
  -999_999_999_999_999,
  30,
  2 ** 31,
  2 ** 32,
] as const

export const oneDecimal = [0, 0.1, 0.3, 4.5, 5, -0.5, 2.5, 99.9, 12_345.6] as const

export const threeDecimals = [0, 0.001, 0.125, 1.5, 2, 2.005, -1.25, 1000.001] as const

/** Numbers that rules compare with, also such as no field can hold. */
export const ruleNumbers = [
  ...wholeNumbers,
  ...oneDecimal,
  ...threeDecimals,
  2.5,
  0.333333333333333,
  1e-10,
  1e-300,
  1e20,
  -1e20,
  1e300,
  1.23456789012345,
  9e18,
  3.00000000001,
] as const

/** Moments at which rules are asked: clock changes, month ends, leap days. */
export const moments = [
  '2026-03-29T00:59:59.999Z',
  '2026-03-29T01:00:00.000Z',
  '2026-10-25T00:30:00.000Z',
  '2026-10-25T01:30:00.000Z',
  '2024-02-29T12:00:00.000Z',
  '2024-02-28T23:30:00.000Z',
  '2025-02-28T00:00:00.000Z',
  '2025-03-31T10:00:00.000Z',
  '2026-01-01T00:00:00.000Z',
  '2026-12-31T23:59:59.999Z',
  '2011-12-30T09:59:59.999Z',
  '2011-12-30T10:00:00.000Z',
  '2025-11-02T05:30:00.000Z',
  '2026-06-15T18:30:00.000Z',
  '2018-11-04T02:59:59.000Z',
  '1987-10-25T02:31:00.000Z',
].map((text) => Date.parse(text))

export const zones = [
  'Europe/Berlin',
  'UTC',
  'America/New_York',
  'Asia/Kolkata',
  'Pacific/Apia',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
] as const

export const words = {
  gender: ['female', 'male', 'Male', 'other'],
  status: ['PENDING', 'COMPLETED', 'CANCELLED'],
  size: ['S', 'M', 'L'],
} as const

export const tagTexts = [
  'vip',
  'VIP',
  'Staff',
  'staff',
  'é',
  'e\u0301',
  'a%b',
  'ß',
  'new customer',
  '',
  "o'x",
  '😀',
] as const
