/** Rules checked and compiled: what it costs to keep no compiled rule anywhere. */

import { measureCompiling } from './compiling/measure-compiling.ts'
import { readSize } from './measuring/arguments.ts'

await measureCompiling({ rounds: readSize('rounds', 9) })
