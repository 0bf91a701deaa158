import { describe, expect, it } from 'vitest'
import { checkTemplate } from '../../src/template/check-template.ts'
import { customerValues, samplePerson } from '../../src/template/customer-values.ts'

const sample = customerValues(samplePerson, 'USD')

function rendered(text: string, person: Partial<typeof samplePerson> = {}): string {
  const checked = checkTemplate(text, { sample })
  if (!checked.ok) throw new Error(checked.issues.map((issue) => issue.message).join('; '))
  const made = checked.template.render(customerValues({ ...samplePerson, ...person }, 'USD'))
  if (!made.ok) throw new Error(made.reason)
  return made.text
}

function codes(text: string): string[] {
  const checked = checkTemplate(text, { sample })
  return checked.ok ? [] : checked.issues.map((issue) => issue.code)
}

describe('a message template', () => {
  it('fills in the three placeholders, amounts as money', () => {
    expect(rendered('Hi {name} <{email}>, you spent {spending}.')).toBe(
      'Hi Ada Lovelace <ada@example.com>, you spent $1,234.50.',
    )
    expect(rendered('{spending}', { spendingMinor: 10 })).toBe('$0.10')
  })

  it('speaks Liquid', () => {
    expect(rendered('{% if name == "Ada Lovelace" %}Dear {{ name | upcase }}{% else %}Hello{% endif %}!')).toBe(
      'Dear ADA LOVELACE!',
    )
  })

  it('fault 35: never expands what stands in a value', () => {
    for (const name of ['{email}', '{{ email }}', '{% if true %}x{% endif %}', '$&', '$1', "$'"]) {
      expect(rendered('Hi {name}!', { name })).toBe(`Hi ${name}!`)
    }
  })

  it('reports every placeholder that nobody knows', () => {
    const checked = checkTemplate('Dear {firstname}, {first name}, {{ surname }}, {name}', { sample })
    expect(checked.ok ? [] : checked.issues.map((issue) => issue.message.slice(0, 36))).toEqual([
      'Nothing is known about {firstname}; ',
      'Nothing is known about {first name};',
      'Nothing is known about {surname}; a ',
    ])
  })

  it('leaves braces alone that nobody would take for a placeholder', () => {
    expect(rendered('{ 50% } off {} for {name}')).toBe('{ 50% } off {} for Ada Lovelace')
  })

  const faults: readonly [string, string, string][] = [
    ['empty', ' \n ', 'EMPTY_TEMPLATE'],
    ['too long', 'x'.repeat(20_001), 'TEMPLATE_TOO_LONG'],
    ['an open tag', '{% if name %}Hi', 'BAD_TEMPLATE'],
    ['an unknown filter', '{{ name | shout }}', 'BAD_TEMPLATE'],
    ['a file', '{% include "secret" %}', 'BAD_TEMPLATE'],
    ['a file of another kind', '{% render "secret" %}', 'BAD_TEMPLATE'],
    ['text that is kept from being read', '{% raw %}{name}{% endraw %}', 'BAD_TEMPLATE'],
    ['a loop', '{% for i in (1..1000000) %}x{% endfor %}', 'BAD_TEMPLATE'],
    ['the present time', '{{ "now" | date: "%s" }}', 'BAD_TEMPLATE'],
    ['a prototype', '{{ name.constructor.name }}', 'TEMPLATE_FAILS'],
    ['nothing to say', '{% if name == "x" %}Hi{% endif %}', 'TEMPLATE_FAILS'],
  ]
  for (const [name, text, code] of faults) it(`refuses ${name}`, () => expect(codes(text)).toEqual([code]))

  it('survives a thousand nested tags', () => {
    const deep = `${'{% if name %}'.repeat(1_400)}x${'{% endif %}'.repeat(10)}`
    expect(codes(deep)).toHaveLength(1)
  })

  it('says so when a text grows too long, instead of sending it', () => {
    const checked = checkTemplate('{name}', { sample })
    if (!checked.ok) throw new Error('unreachable')
    expect(checked.template.render({ ...sample, name: 'x'.repeat(10_001) })).toMatchObject({ ok: false })
  })

  it('escapes values in HTML only', () => {
    const html = checkTemplate('Hi {name}', { sample, medium: 'html' })
    if (!html.ok) throw new Error('unreachable')
    expect(html.template.render({ ...sample, name: '<b>' })).toEqual({ ok: true, text: 'Hi &lt;b&gt;' })
    expect(rendered('Hi {name}', { name: '<b>' })).toBe('Hi <b>')
  })
})
