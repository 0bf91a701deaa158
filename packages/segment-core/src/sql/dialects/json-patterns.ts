/**
 * Patterns, for databases with regular expressions, of texts under JSON keys. They hold no question mark, which Knex
 * would take for a bound value. Years run from 1900 to 9999, and only days that exist match.
 */
const year = '(19|[2-9][0-9])[0-9][0-9]'
const leapYear = '((19|[2-9][0-9])(0[48]|[2468][048]|[13579][26])|([2468][048]|[3579][26])00)'
const days = [
  `${year}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])`,
  `${year}-(0[469]|11)-(0[1-9]|[12][0-9]|30)`,
  `${year}-02-(0[1-9]|1[0-9]|2[0-8])`,
  `${leapYear}-02-29`,
]

/** A day as `YYYY-MM-DD`. */
export const dayPattern = `^(${days.join('|')})$`

/** An instant with offset and at most three decimals. */
export const instantPattern = `^(${days.join('|')})T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,3}){0,1}(Z|[-+]([01][0-9]|2[0-3]):[0-5][0-9])$`

/** A decimal as JSON would write it, without an exponent. */
export const decimalPattern = '^-{0,1}(0|[1-9][0-9]*)([.][0-9]+){0,1}$'
