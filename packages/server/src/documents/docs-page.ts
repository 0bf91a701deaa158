import { codesOf } from './codes-of.ts'
import type { Chapter, Description } from './description.ts'
import { type Html, html, nothing } from './html.ts'
import { introduction } from './introduction.ts'
import { jsonMarkup } from './json-markup.ts'
import type { OpenApiDocument } from './open-api.ts'
import { whoMay } from './open-api.ts'
import { inline, prose } from './prose.ts'
import { createShelf, isSchema } from './publish-schema.ts'
import { sampleOf } from './sample-of.ts'
import { fieldsOf, typeWords } from './schema-words.ts'
import type { Schema } from './shapes.ts'

type Components = OpenApiDocument['components']['schemas']

/** The document as one page for people: no scripts, nothing from elsewhere. */
export function docsPage(chapters: readonly Chapter[], { components, info }: OpenApiDocument): string {
  const { schemas } = components
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${String(info['title'])} API</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<nav aria-label="Contents">
<a class="brand" href="#top">Muster <span>API</span></a>
${chapters.map(contentsOf)}
<p><a href="#schemas"><b>Shapes</b></a></p>
<p><a href="/openapi.json"><b>openapi.json</b></a></p>
</nav>
<main id="top">
<header><h1>Muster API</h1>${prose(introduction)}</header>
${chapters.map((chapter) => chapterSection(chapter, schemas))}
<section id="schemas"><h2>Shapes</h2><p>What several routes speak of, by name.</p>${Object.entries(schemas)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, schema]) => shapeArticle(name, schema, schemas))}</section>
</main>
</body>
</html>
`.markup
}

function contentsOf({ name, routes }: Chapter): Html {
  return html`<details open><summary><a href="#${anchor(name)}">${name}</a></summary><ul>${Object.entries(routes).map(
    ([route, { title }]) => html`<li><a href="#${anchor(title)}">${method(route)}${title}</a></li>`,
  )}</ul></details>
`
}

function chapterSection({ name, about, routes }: Chapter, components: Components): Html {
  return html`<section id="${anchor(name)}"><h2>${name}</h2><p class="about">${about}</p>
${Object.entries(routes).map(([route, description]) => routeArticle(route, description, components))}</section>
`
}

function routeArticle(route: string, description: Description, components: Components): Html {
  const { title, about, query, body } = description
  const [verb = '', pattern = ''] = route.split(' ')
  return html`<article id="${anchor(title)}">
<h3><a href="#${anchor(title)}">${title}</a></h3>
<p class="route">${method(route)}<code>${pattern}</code></p>
${about === undefined ? nothing : html`<p>${inline(about)}</p>`}<p class="who">${whoMay(description)}</p>
<div class="sides"><div>
${query === undefined ? nothing : html`<h4>Query</h4>${fieldsOf({ properties: published(query) }, components)}`}
${body === undefined ? nothing : html`<h4>Body</h4>${fieldsOf(publish(body), components)}`}
<h4>Answers</h4>${answersOf(verb, description)}
</div><div>
<h4>Example</h4>${exampleOf(verb, pattern, description)}
${answerSample(description, components)}
</div></div>
</article>
`
}

function answersOf(verb: string, description: Description): Html {
  const failures = [...codesOf(verb, description)]
  return html`<ul class="answers">${description.answers.map(
    ({ status, about, content }) =>
      html`<li><b class="ok">${status}</b> ${about}${
        Object.keys(content).some((type) => type !== 'application/json')
          ? html`: ${Object.keys(content).join(', ')}`
          : nothing
      }</li>`,
  )}${failures.map(
    ([status, codes]) => html`<li><b>${status}</b> ${codes.map((code) => html`<code>${code}</code> `)}</li>`,
  )}</ul>`
}

/** The request that a test sends, as one would type it. */
function exampleOf(verb: string, pattern: string, { example, access }: Description): Html {
  const path = pattern.replaceAll(/:(\w+)/g, (_whole, name: string) => example.path?.[name] ?? name)
  const query = new URLSearchParams(
    Object.entries(example.query ?? {}).map(([name, value]): [string, string] => [name, String(value)]),
  ).toString()
  const authorization =
    access === 'anyone' ? '' : access === 'vendor' ? 'X-Vendor-Key: …\n' : 'Authorization: Bearer …\n'
  return html`<pre>${verb} ${path}${query === '' ? '' : `?${query}`}
${authorization}${
  example.body === undefined
    ? nothing
    : html`Content-Type: application/json

${jsonMarkup(example.body)}`
}</pre>`
}

function answerSample({ answers: [answer] }: Description, components: Components): Html {
  const schema = answer.content['application/json']
  if (schema === undefined) return nothing
  const value = sampleOf(publish(schema), components)
  return html`<details><summary>An answer, ${answer.status}</summary><pre>${jsonMarkup(value)}</pre>${fieldsOf(
    dataOf(publish(schema)),
    components,
  )}</details>`
}

/** What the envelope holds. */
function dataOf(schema: Schema): Schema {
  const { properties } = schema
  const data = isSchema(properties) ? properties['data'] : undefined
  return isSchema(data) ? data : {}
}

function shapeArticle(name: string, schema: Schema, components: Components): Html {
  const { description } = schema
  return html`<article class="shape" id="schema-${name}"><h3>${name}</h3>${
    typeof description === 'string' ? html`<p>${inline(description)}</p>` : nothing
  }${alternatives(schema, components)}</article>
`
}

/** More of them than this are read in the JSON document, not on a page. */
const mostAlternatives = 12

function alternatives(schema: Schema, components: Components): Html {
  const { anyOf, properties } = schema
  if (isSchema(properties)) return fieldsOf(schema, components)
  if (!Array.isArray(anyOf)) return html`<p class="type">${typeWords(schema)}</p>`
  if (anyOf.length > mostAlternatives)
    return html`<p>One of ${anyOf.length} forms; they are listed in <a href="/openapi.json">openapi.json</a>.</p>`
  return html`<p class="type">${typeWords(schema)}</p>`
}

function method(route: string): Html {
  const [verb = ''] = route.split(' ')
  return html`<span class="verb ${verb.toLowerCase()}">${verb === 'DELETE' ? 'DEL' : verb}</span>`
}

function anchor(title: string): string {
  return title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

function publish(schema: Schema): Schema {
  return createShelf().publish(schema)
}

function published(schemas: Readonly<Record<string, Schema>>): Schema {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, publish(schema)]))
}
