import { type Html, html } from './html.ts'

/** JSON for reading: indented, with its kinds of words told apart. */
export function jsonMarkup(value: unknown): Html {
  const tokens = JSON.stringify(value, null, 2).split(/("(?:[^"\\]|\\.)*"(?:\s*:)?)/)
  return html`${tokens.map((token) => {
    if (!token.startsWith('"')) return html`<span class="n">${token}</span>`
    return token.endsWith(':')
      ? html`<span class="k">${token.slice(0, -1)}</span>:`
      : html`<span class="s">${token}</span>`
  })}`
}
