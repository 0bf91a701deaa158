import {
  type ClaimedMessage,
  checkTemplate,
  customerValues,
  type Rendering,
  samplePerson,
  type Template,
} from '@muster/delivery-core'

/** Templates that are kept ready at once; a run has one to five, and few run together. */
const mostTemplates = 100

/** What a finished text goes through last, such as links that lead back here. The same text each time. */
export type FinishText = (text: string, messageId: string) => string

/** Makes the texts of messages, reading each template once. */
export function createRenderer(finish: FinishText = (text) => text): (message: ClaimedMessage) => Rendering {
  const templates = new Map<string, Template | { readonly reason: string }>()
  const templateOf = ({ template: text }: ClaimedMessage) => {
    const known = templates.get(text)
    if (known !== undefined) return known
    // Any currency: what is tried is whether the text can be made, not how an amount looks.
    const checked = checkTemplate(text, { sample: customerValues(samplePerson, 'USD') })
    const made = checked.ok ? checked.template : { reason: checked.issues[0].message }
    if (templates.size >= mostTemplates) templates.delete(templates.keys().next().value ?? '')
    templates.set(text, made)
    return made
  }
  return (message) => {
    const template = templateOf(message)
    if ('reason' in template) return { ok: false, reason: template.reason }
    const rendering = template.render(message.values)
    return rendering.ok ? { ok: true, text: finish(rendering.text, message.messageId) } : rendering
  }
}
