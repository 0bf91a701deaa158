import { maxTemplateChars, maxTextChars, type ParsedTemplate, parseLiquid, type TemplateValues } from './liquid.ts'
import { readPlaceholders } from './placeholders.ts'

/** One fault in a template. Clients may rely on `code`; `message` is for people and may change. */
export interface TemplateIssue {
  readonly code: 'EMPTY_TEMPLATE' | 'TEMPLATE_TOO_LONG' | 'UNKNOWN_PLACEHOLDER' | 'BAD_TEMPLATE' | 'TEMPLATE_FAILS'
  readonly message: string
}

/** The text for one person, or why there is none. */
export type Rendering = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly reason: string }

/** A template whose every name is known and which was seen to work. */
export interface Template {
  /** The text for these values. Total: whatever goes wrong is an answer. */
  render(values: TemplateValues): Rendering
}

export interface TemplateOptions {
  /** What the template may speak of, with values for the trial. */
  readonly sample: TemplateValues
  /** In `html` every value is escaped. Default `text`. */
  readonly medium?: 'text' | 'html'
}

export type CheckedTemplate =
  | { readonly ok: true; readonly template: Template }
  | { readonly ok: false; readonly issues: readonly [TemplateIssue, ...TemplateIssue[]] }

/**
 * Reads a message template with `{name}` placeholders and Liquid, and tries it once on the sample, so that what can be
 * wrong is found before anybody is written to. Reports every unknown placeholder, not only the first.
 */
export function checkTemplate(text: string, options: TemplateOptions): CheckedTemplate {
  if (text.trim() === '') return refused([issue('EMPTY_TEMPLATE', 'The message is empty')])
  if (text.length > maxTemplateChars) {
    return refused([issue('TEMPLATE_TOO_LONG', `The message is longer than ${maxTemplateChars} characters`)])
  }
  const names = Object.keys(options.sample)
  const { source, unknown } = readPlaceholders(text, names)
  const parsed = tryTo(() => parseLiquid(source, options.medium ?? 'text'))
  if (!parsed.ok)
    return refused([
      ...unknown.map(unknownName(names)),
      issue('BAD_TEMPLATE', `The message cannot be read: ${parsed.reason}`),
    ])
  const strangers = parsed.value.names.filter((name) => !names.includes(name))
  const unknownNames = [...unknown, ...strangers].map(unknownName(names))
  if (unknownNames.length > 0) return refused(unknownNames)
  const template = createTemplate(parsed.value)
  const trial = template.render(options.sample)
  return trial.ok
    ? { ok: true, template }
    : refused([issue('TEMPLATE_FAILS', `The message cannot be made: ${trial.reason}`)])
}

function createTemplate(parsed: ParsedTemplate): Template {
  return {
    render: (values) => {
      const rendered = tryTo(() => parsed.render(values))
      if (!rendered.ok) return rendered
      if (rendered.value.trim() === '') return { ok: false, reason: 'the text would be empty' }
      if (rendered.value.length > maxTextChars)
        return { ok: false, reason: `the text would be longer than ${maxTextChars} characters` }
      return { ok: true, text: rendered.value }
    },
  }
}

type Tried<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string }

function tryTo<Value>(work: () => Value): Tried<Value> {
  try {
    return { ok: true, value: work() }
  } catch (error) {
    // The first line names the fault; the rest quotes the template, which has no place in a log.
    return { ok: false, reason: error instanceof Error ? error.message.split('\n')[0]! : String(error) }
  }
}

function unknownName(names: readonly string[]) {
  return (name: string) =>
    issue(
      'UNKNOWN_PLACEHOLDER',
      `Nothing is known about {${name}}; a message may use ${names.map((known) => `{${known}}`).join(', ')}`,
    )
}

function issue(code: TemplateIssue['code'], message: string): TemplateIssue {
  return { code, message }
}

function refused(issues: readonly TemplateIssue[]): CheckedTemplate {
  const [first, ...others] = issues
  return { ok: false, issues: [first!, ...others] }
}
