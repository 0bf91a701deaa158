/** Who may stand on whom. Checked by `npm run imports`. */

const core = (name) => `^packages/${name}/src`

/** One file, or one room, knows each foreign library. */
const onlyKnownTo = (library, ...places) => ({
  name: `only-${library.replace(/\W+/g, '-')}-rooms-know-it`,
  comment: `${library} is known to ${places.join(', ')} alone, so that it can be replaced there.`,
  severity: 'error',
  from: { path: '^packages/[^/]+/src', pathNot: places },
  to: { path: `node_modules/${library}/`, dependencyTypesNot: ['type-only'] },
})

/** Floors inside a package, from the bottom: a lower one may not import a higher one. */
const floors = (root, ...rooms) =>
  rooms.slice(0, -1).map((room, index) => ({
    name: `${root.split('/')[1]}-${room.replace(/\W+/g, '-')}-lies-below`,
    severity: 'error',
    from: { path: `^${root}/(${room})/` },
    to: { path: `^${root}/(${rooms.slice(index + 1).join('|')})/` },
  }))

module.exports = {
  forbidden: [
    { name: 'no-loops', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-loops-between-folders',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nobody-inside-imports-the-face',
      severity: 'error',
      from: { path: '^packages/([^/]+)/src/' },
      to: { path: '^packages/$1/src/index\\.ts$' },
    },
    {
      name: 'cores-stand-alone',
      comment: 'segment-core and delivery-core know neither each other nor anything above them.',
      severity: 'error',
      from: { path: [core('segment-core'), core('delivery-core')] },
      to: {
        path: '^packages/(segment-core|delivery-core|nl-rules|server)/',
        pathNot: '^packages/(segment-core|delivery-core)/src',
        dependencyTypes: ['npm', 'npm-dev', 'local', 'aliased-workspace', 'aliased'],
      },
    },
    {
      name: 'segment-core-does-not-know-delivery-core',
      severity: 'error',
      from: { path: core('segment-core') },
      to: { path: '^(packages|node_modules/@muster)/(delivery-core|nl-rules|server)/' },
    },
    {
      name: 'delivery-core-does-not-know-segment-core',
      severity: 'error',
      from: { path: core('delivery-core') },
      to: { path: '^(packages|node_modules/@muster)/(segment-core|nl-rules|server)/' },
    },
    {
      name: 'nl-rules-stands-on-segment-core-alone',
      severity: 'error',
      from: { path: core('nl-rules') },
      to: { path: '^(packages|node_modules/@muster)/(delivery-core|server)/' },
    },
    {
      name: 'sources-do-not-import-tests-or-testing-faces',
      severity: 'error',
      from: { path: '^(packages/[^/]+|examples|bench)/src/', pathNot: '^packages/delivery-core/src/testing/' },
      to: { path: ['/test/', '^testing/', '^packages/delivery-core/(src|dist)/testing/'] },
    },
    {
      name: 'examples-use-faces-only',
      severity: 'error',
      from: { path: '^(examples|bench)/' },
      to: { path: '^packages/[^/]+/src/' },
    },
    {
      name: 'cores-do-no-input-or-output',
      severity: 'error',
      from: { path: [core('segment-core'), core('delivery-core')], pathNot: '^packages/delivery-core/src/testing/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'nothing-undeclared',
      severity: 'error',
      from: { path: '^(packages|examples|bench)/[^/]*/?src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], pathNot: 'node_modules/@types/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...floors('packages/segment-core/src', 'language', 'time', 'sql', 'operators', 'checking', 'targets', 'formats'),
    ...floors('packages/delivery-core/src', 'message', 'template', 'receiving|sending', 'testing'),
    ...floors('packages/nl-rules/src', 'reading', 'composing'),
    ...floors('packages/nl-rules/src', 'asking', 'suggesting|telling'),
    ...floors(
      'packages/server/src',
      'database',
      'attributes',
      'customers',
      'orders|segments',
      'campaigns',
      'analytics',
    ),
    {
      name: 'stores-know-no-route-and-no-other-store',
      severity: 'error',
      from: { path: '^packages/server/src/.*-store\\.ts$' },
      to: { path: ['^packages/server/src/.*-(routes|store)\\.ts$', '^packages/server/src/http/'] },
    },
    {
      name: 'nothing-about-http-below-routes',
      severity: 'error',
      from: {
        path: '^packages/server/src/',
        pathNot: [
          '-routes\\.ts$',
          '^packages/server/src/(http|vendor|documents|metrics)/',
          '^packages/server/src/(main|wiring|app|[a-z]+-side)\\.ts$',
        ],
      },
      to: { path: ['^packages/server/src/http/', 'node_modules/(koa|@koa|koa-jwt)/'] },
    },
    onlyKnownTo('p-queue', '^packages/delivery-core/src/sending/throttle\\.ts$'),
    onlyKnownTo('liquidjs', '^packages/delivery-core/src/template/'),
    onlyKnownTo(
      'temporal-polyfill',
      '^packages/segment-core/src/time/',
      '^packages/server/src/',
      '^packages/nl-rules/src/reading/',
    ),
    onlyKnownTo('@anthropic-ai/sdk', '^packages/nl-rules/src/asking/anthropic\\.ts$'),
    onlyKnownTo('@google/generative-ai', '^packages/nl-rules/src/asking/gemini\\.ts$'),
    onlyKnownTo('better-sqlite3', '^packages/server/src/database/'),
    onlyKnownTo('bcrypt', '^packages/server/src/accounts/'),
    onlyKnownTo('jsonwebtoken', '^packages/server/src/(accounts|http)/'),
    onlyKnownTo('@zxcvbn-ts/language-common', '^packages/server/src/accounts/common-passwords\\.ts$'),
    onlyKnownTo('grant', '^packages/server/src/accounts/google-round-trip\\.ts$'),
    onlyKnownTo('jose', '^packages/server/src/(accounts/|webhooks/seal-secret\\.ts$)'),
    onlyKnownTo('rate-limiter-flexible', '^packages/server/src/http/limiter\\.ts$'),
    onlyKnownTo('ioredis', '^packages/server/src/http/shared-counters\\.ts$'),
    onlyKnownTo('ajv', '^packages/server/src/http/'),
    onlyKnownTo('prom-client', '^packages/server/src/metrics/'),
    onlyKnownTo('undici', '^packages/server/src/vendor/http-vendor\\.ts$'),
    onlyKnownTo('pino', '^packages/server/src/(http/|main|wiring|app|[a-z]+-side)'),
    onlyKnownTo('dotenv', '^packages/server/src/(main|config)\\.ts$'),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '^packages/[^/]+/test/', '^examples/test/'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
  },
}
