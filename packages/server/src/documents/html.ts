declare const sealed: unique symbol

/** HTML whose texts are escaped. Only this file can make some. */
export interface Html {
  readonly markup: string
  readonly [sealed]: true
}

/** Literal parts are trusted; every text that is put in is escaped, every list joined. */
export function html(
  parts: TemplateStringsArray,
  ...holes: readonly (Html | string | number | readonly Html[])[]
): Html {
  return seal(parts.reduce((markup, part, index) => markup + markupOf(holes[index - 1] ?? '') + part))
}

/** Nothing at all. */
export const nothing: Html = seal('')

function markupOf(hole: Html | string | number | readonly Html[]): string {
  if (typeof hole === 'string' || typeof hole === 'number') return escaped(String(hole))
  return 'markup' in hole ? hole.markup : hole.map(({ markup }) => markup).join('')
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  return text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
}

/** Biome and readers alike: the one place where a text becomes markup. */
function seal(markup: string): Html {
  return { markup } as Html
}
