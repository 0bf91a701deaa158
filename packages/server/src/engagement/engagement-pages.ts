/** The page that asks before anybody is unsubscribed: mail programs and scanners follow links by themselves. */
export function unsubscribePage(campaignName: string): string {
  return page(
    'Unsubscribe',
    `<p>You received the message “${escaped(campaignName)}”. Do you want no more messages from this sender?</p>
<form method="post"><button type="submit">Unsubscribe</button></form>`,
  )
}

/** What is shown once it is done. */
export const unsubscribedPage = page('Unsubscribed', '<p>Done. You will receive no more messages from this sender.</p>')

/** For links that nobody of ours has signed. */
export const unknownLinkPage = page('Unknown link', '<p>This link is incomplete, or does not come from us.</p>')

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${body}
</main></body></html>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
