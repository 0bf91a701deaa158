/**
 * A vendor that only answers, in a process of its own: `node vendor-program.js LATENCY_MS`. Tells its port to the process
 * that started it.
 */

import { createServer } from 'node:http'

const latencyMs = Number(process.argv[2])

const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    if (latencyMs === 0) response.end(answer)
    else setTimeout(() => response.end(answer), latencyMs)
  })
}).listen(0, '127.0.0.1', () => process.send?.(server.address()))

const answer = JSON.stringify({ success: true, data: { status: 'ACCEPTED' } })

process.once('disconnect', () => process.exit())
