import { checkTemplate, customerValues, samplePerson, type Template } from '@muster/delivery-core'
import { invalidInput } from '../problems/problem-error.ts'

/**
 * Reads a text as it will be sent.
 * @throws ProblemError with everything that is wrong with it, under `path`
 */
export function checkText(text: string, path: string, currency: string): Template {
  const checked = checkTemplate(text, { sample: customerValues(samplePerson, currency) })
  if (checked.ok) return checked.template
  const [first, ...others] = checked.issues
  throw invalidInput([{ path, message: first.message }, ...others.map(({ message }) => ({ path, message }))])
}
