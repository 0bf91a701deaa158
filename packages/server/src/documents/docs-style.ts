/** How the page looks, by day and by night. */
export const docsStyle = `
:root {
  --paper: #fdfdfb; --ink: #23272e; --soft: #68707d; --line: #e6e6e0; --card: #f5f5f0; --accent: #0b6b63;
  --get: #1f6f54; --post: #2457a8; --put: #92590c; --patch: #7a4a9e; --delete: #b3372f; --key: #0b5fa5; --text: #47711c;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181d; --ink: #dfe3ea; --soft: #939cab; --line: #2b3038; --card: #1c2027; --accent: #5cc7b9;
    --get: #6dcaa4; --post: #84b1f5; --put: #e3ab5d; --patch: #c79be8; --delete: #f08a80; --key: #86b9f2; --text: #a6cf7b;
  }
}
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body {
  margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 16px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
}
a { color: inherit; text-decoration: none }
main a, .who a { color: var(--accent) }
a:hover { text-decoration: underline }
code, pre { font: 0.86em/1.6 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace }
nav {
  position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.6rem 1.2rem 3rem 1.6rem;
  border-right: 1px solid var(--line); font-size: 0.86rem; line-height: 1.45; scrollbar-width: thin;
}
.brand { display: block; margin-bottom: 1.2rem; font-size: 1.25rem; font-weight: 700; letter-spacing: -0.01em }
.brand span { color: var(--accent) }
nav details { margin: 0 0 0.5rem }
nav summary { cursor: pointer; font-weight: 650; padding: 0.2rem 0 }
nav ul { list-style: none; margin: 0.1rem 0 0.7rem; padding: 0 }
nav li a { display: flex; gap: 0.55rem; align-items: baseline; padding: 0.16rem 0; color: var(--soft) }
nav li a:hover { color: var(--ink); text-decoration: none }
nav .verb { flex: none; width: 2.7rem; padding: 0; background: none; font-size: 0.64rem }
main { padding: 2.6rem clamp(1.2rem, 4vw, 4.5rem) 8rem; max-width: 82rem }
header { max-width: 46rem }
h1 { margin: 0 0 0.8rem; font-size: 2.3rem; line-height: 1.15; letter-spacing: -0.025em }
h2 { margin: 4.5rem 0 0.2rem; font-size: 1.6rem; letter-spacing: -0.015em }
h3 { margin: 0; font-size: 1.13rem } h3 a { color: inherit !important }
h4 { margin: 1.3rem 0 0.45rem; color: var(--soft); font-size: 0.74rem; letter-spacing: 0.08em; text-transform: uppercase }
p { margin: 0.5rem 0 } .about { color: var(--soft); max-width: 46rem }
article { padding: 1.7rem 0; border-bottom: 1px solid var(--line) }
article:target h3 { color: var(--accent) }
.route code { font-size: 0.95em }
.verb {
  display: inline-block; margin-right: 0.6rem; padding: 0.06rem 0.5rem; border-radius: 0.3rem; background: var(--card);
  font: 700 0.72rem/1.6 ui-monospace, Menlo, Consolas, monospace; letter-spacing: 0.04em;
}
nav .verb { margin: 0 }
.get { color: var(--get) } .post { color: var(--post) } .put { color: var(--put) } .patch { color: var(--patch) }
.delete { color: var(--delete) }
.who { color: var(--soft); font-size: 0.9rem }
.sides { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 2.6rem }
pre {
  margin: 0; padding: 0.9rem 1.1rem; overflow-x: auto; border: 1px solid var(--line); border-radius: 0.55rem;
  background: var(--card);
}
.k { color: var(--key) } .s { color: var(--text) }
details > summary { cursor: pointer }
main details { margin-top: 0.8rem } main summary { padding: 0.2rem 0; color: var(--accent); font-size: 0.9rem }
dl { margin: 0; font-size: 0.9rem }
dt { padding-top: 0.45rem; border-top: 1px solid var(--line) } dl > dt:first-child { border-top: 0 }
dt i { color: var(--soft); font-size: 0.8rem }
dd { margin: 0 0 0.45rem } dd > dl { margin: 0.35rem 0 0 0.2rem; padding-left: 0.9rem; border-left: 2px solid var(--line) }
.type { color: var(--soft) }
.answers { list-style: none; margin: 0; padding: 0; font-size: 0.9rem }
.answers li { padding: 0.1rem 0 0.1rem 3rem; text-indent: -3rem } .answers b { display: inline-block; width: 3rem; text-indent: 0 }
.answers code { color: var(--soft) } .ok { color: var(--get) }
.shape { max-width: 46rem }
@media (max-width: 60rem) {
  body { display: block }
  nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line) } nav ul { display: none }
  .sides { display: block }
}
@media print { nav { display: none } body { display: block } article { break-inside: avoid } }
`
