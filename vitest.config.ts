import { defineConfig } from 'vitest/config'

/** Where `.ci/run` wants the results as JSON as well. */
const reportFile = process.env['MUSTER_TEST_REPORT']

// biome-ignore lint/style/noDefaultExport: vitest reads its settings from the default export
export default defineConfig({
  test: {
    include: ['packages/*/test/**/*.test.ts', 'examples/test/**/*.test.ts'],
    globalSetup: ['./testing/find-services.ts'],
    // Much of the time is waiting for databases and processes, so two files at once even where there are two cores.
    maxWorkers: 2,
    // Laws ask real databases thousands of questions; a hanging one must still end the run.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    reporters: reportFile !== undefined ? ['default', ['json', { outputFile: reportFile }]] : ['default'],
  },
})
