import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { DispatcherEvent } from '../deliveries/dispatcher.ts'
import type { EndedRequest } from '../http/request-log.ts'
import type { DeliveryFigures } from './delivery-figures-store.ts'

/** What is counted while the program runs, and measured when somebody asks. The only file that knows prom-client. */
export interface Metrics {
  /** A request has been answered. */
  readonly requestEnded: (request: EndedRequest) => void
  /** Something happened on the sending side. */
  readonly hear: (event: DispatcherEvent | { readonly kind: 'receipts-failed'; readonly error: unknown }) => void
  /** Everything, as Prometheus reads it. */
  text(): Promise<string>
  readonly contentType: string
  /** Ends the watch over the event loop. */
  close(): void
}

/** What is asked for at each reading. */
export interface MetricsParts {
  readonly deliveryFigures: () => Promise<DeliveryFigures>
  /** Connections of the database: in use, idle, and requests that wait for one. */
  readonly pool: () => Readonly<Record<'used' | 'idle' | 'waiting', number>>
}

/** Labels are words of ours alone: patterns of routes, states, codes. Nothing that names a person, a message or a workspace. */
export function createMetrics({ deliveryFigures, pool }: MetricsParts): Metrics {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer a request, by the pattern of its route',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const answers = new Counter({
    name: 'muster_vendor_answers_total',
    help: 'Requests to the vendor, by what their answers meant',
    labelNames: ['result', 'code'],
    registers,
  })
  const receipts = new Counter({
    name: 'muster_receipts_total',
    help: 'Receipts that were read, by what became of them',
    labelNames: ['place'],
    registers,
  })
  const surprises = new Counter({
    name: 'muster_receipt_surprises_total',
    help: 'Messages proved to have been sent after all, and messages of which the vendor says both',
    labelNames: ['kind'],
    registers,
  })
  const failures = new Counter({
    name: 'muster_delivery_failures_total',
    help: 'Failures of the sending side itself, which it goes on after',
    labelNames: ['kind'],
    registers,
  })
  const swept = new Counter({
    name: 'muster_swept_total',
    help: 'Messages that the sweep looked after',
    labelNames: ['why'],
    registers,
  })
  addDeliveryGauges(registry, deliveryFigures)
  addPoolGauge(registry, pool)
  const stopWatching = addProcessGauges(registry)
  return {
    requestEnded: ({ method, route, status, tookMs }) =>
      requests.observe({ method, route: route ?? 'none', status }, tookMs / 1000),
    hear: (event) => {
      if ('error' in event) failures.inc({ kind: event.kind })
      if (event.kind === 'attempted') answers.inc({ result: event.result, code: event.code ?? 'NONE' })
      if (event.kind === 'swept') addEach(swept, 'why', { ...event.sweep })
      if (event.kind === 'folded') {
        const { taken: _taken, lateProofs, contradictions, ...places } = event.fold
        addEach(receipts, 'place', places)
        addEach(surprises, 'kind', { late_proof: lateProofs, contradictory: contradictions })
      }
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
    close: stopWatching,
  }
}

function addEach<Label extends string>(
  counter: Counter<Label>,
  label: Label,
  counts: Readonly<Record<string, number>>,
): void {
  for (const [value, count] of Object.entries(counts)) {
    if (count > 0) counter.inc({ [label]: value } as Record<Label, string>, count)
  }
}

function addDeliveryGauges(registry: Registry, read: MetricsParts['deliveryFigures']): void {
  const registers = [registry]
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name, help, labelNames: [...labelNames], registers })
  const runs = gauge('muster_runs', 'Runs by state', ['state'])
  const messages = gauge('muster_messages', 'Messages of open runs by dispatch state, counted to 10,000 each', [
    'dispatch',
  ])
  const audience = gauge('muster_open_audience', 'People in open runs')
  const doubt = gauge('muster_in_doubt_age_seconds_max', 'Age of the oldest message in doubt')
  const held = gauge('muster_receipts_held', 'Receipts that wait or are kept apart, counted to 10,000 each', ['place'])
  const backlog = gauge('muster_receipt_inbox_backlog', 'Receipts that are written down and not yet read, to 10,000')
  // One gauge reads for all: figures of one moment.
  new Gauge({
    name: 'muster_delivery_figures_readable',
    help: 'Whether the figures of the delivery could be read from the database',
    registers,
    async collect() {
      const figures = await read().catch(() => null)
      this.set(figures === null ? 0 : 1)
      if (figures === null) return
      runs.reset()
      for (const [state, count] of Object.entries(figures.runs)) runs.set({ state }, count)
      for (const [dispatch, count] of Object.entries(figures.messages)) messages.set({ dispatch }, count)
      for (const [place, count] of Object.entries(figures.held)) held.set({ place }, count)
      audience.set(figures.openAudience)
      doubt.set(figures.oldestDoubtMs / 1000)
      backlog.set(figures.inboxBacklog)
    },
  })
}

function addPoolGauge(registry: Registry, pool: MetricsParts['pool']): void {
  new Gauge({
    name: 'muster_database_connections',
    help: 'Connections in use and idle, and requests that wait for one',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(pool())) this.set({ state }, count)
    },
  })
}

/** Under the names that dashboards for Node.js know. */
function addProcessGauges(registry: Registry): () => void {
  const registers = [registry]
  const delay = monitorEventLoopDelay({ resolution: 10 })
  delay.enable()
  const startedAtSeconds = Math.round(performance.timeOrigin / 1000)
  let lastUse: EventLoopUtilization = performance.eventLoopUtilization()
  const seconds = (nanoseconds: number) => (Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0)
  const lag = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(seconds(read()))
      },
    })
  lag('nodejs_eventloop_lag_p50_seconds', 'Lag of the event loop since the last reading, median', () =>
    delay.percentile(50),
  )
  lag('nodejs_eventloop_lag_p99_seconds', 'The same, 99th percentile', () => delay.percentile(99))
  const plain = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  plain('nodejs_eventloop_utilization_ratio', 'How busy the event loop was since the last reading, from 0 to 1', () => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, lastUse)
    lastUse = now
    return utilization
  })
  plain('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss())
  plain('nodejs_heap_size_used_bytes', 'Memory of its JavaScript objects', () => process.memoryUsage().heapUsed)
  plain('process_start_time_seconds', 'When the process began', () => startedAtSeconds)
  // The last of them, so that a reading begins a new stretch.
  lag('nodejs_eventloop_lag_max_seconds', 'The longest lag of the event loop since the last reading', () => {
    const { max } = delay
    delay.reset()
    return max
  })
  return () => {
    delay.disable()
  }
}
