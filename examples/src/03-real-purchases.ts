/**
 * Do rules over imported orders give the right answers on data that nobody here made up?
 *
 *     node examples/dist/03-real-purchases.js path/to/cdnow.txt
 *
 * Reads the CDNOW purchases (customer number, day YYYYMMDD, number of CDs, amount in dollars; one purchase a line),
 * imports them through the API and asks three questions by rules. Each answer is checked against a plain count of the file.
 * `MUSTER_API_URL` names a running server; without it, one is started for the occasion.
 */

import { readFile } from 'node:fs/promises'
import { type ApiClient, registerAndLogIn } from './api-client.ts'
import { importInBulk } from './import-in-bulk.ts'
import { startMuster } from './muster-process.ts'

interface Purchase {
  readonly line: number
  readonly customer: string
  /** `YYYY-MM-DD`. */
  readonly day: string
  readonly pieces: number
  readonly amountCents: number
}

interface Question {
  readonly question: string
  readonly rule: object
  /** The same question, asked of one customer's purchases in the file. */
  readonly holds: (purchases: readonly Purchase[]) => boolean
}

const path = process.argv[2]
if (path === undefined) {
  process.stderr.write('Usage: node examples/dist/03-real-purchases.js path/to/cdnow.txt\n')
  process.exit(2)
}

const purchases = readPurchases(await readFile(path, 'utf8'))
const purchasesOf = byCustomer(purchases)
const runningUrl = process.env['MUSTER_API_URL']
const ownServer = runningUrl === undefined ? await startMuster() : undefined
try {
  const api = await registerAndLogIn(runningUrl ?? ownServer?.apiUrl ?? '', 'CDNOW')
  await importAll(api)
  const wrong = await askAll(api)
  process.exitCode = wrong === 0 ? 0 : 1
} finally {
  await ownServer?.stop()
}

function readPurchases(text: string): readonly Purchase[] {
  return text
    .split('\n')
    .map((line, index) => ({ columns: line.trim().split(/ +/), line: index + 1 }))
    .filter(({ columns }) => columns.length > 1)
    .map(({ columns: [customer, day, pieces, amount], line }) => {
      const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day ?? '') ?? []
      const [, dollars, cents] = /^(\d+)\.(\d\d)$/.exec(amount ?? '') ?? []
      if (customer === undefined || date === undefined || cents === undefined)
        throw new Error(`Line ${line} is not a purchase`)
      return {
        line,
        customer,
        day: `${year}-${month}-${date}`,
        pieces: Number(pieces),
        amountCents: Number(dollars) * 100 + Number(cents),
      }
    })
}

function byCustomer(all: readonly Purchase[]): ReadonlyMap<string, readonly Purchase[]> {
  const groups = new Map<string, Purchase[]>()
  for (const purchase of all) {
    const group = groups.get(purchase.customer)
    if (group === undefined) groups.set(purchase.customer, [purchase])
    else group.push(purchase)
  }
  return groups
}

async function importAll(api: ApiClient): Promise<void> {
  const customers = [...purchasesOf].map(([customer, [first]]) => ({
    externalId: customer,
    email: `cdnow-${customer}@example.org`,
    name: `Customer ${customer}`,
    createdAt: `${first?.day}T00:00:00Z`,
  }))
  const orders = purchases.map(({ line, customer, day, pieces, amountCents }) => ({
    externalId: `line-${line}`,
    customerExternalId: customer,
    // The file has the amount of the whole purchase only, and it does not always divide by the pieces.
    items: [{ productName: `${pieces} CDs`, category: 'music', quantity: 1, price: amountCents / 100 }],
    total: amountCents / 100,
    status: 'COMPLETED',
    createdAt: `${day}T12:00:00Z`,
  }))
  for (const [kind, rows] of [['customers', customers] as const, ['orders', orders] as const]) {
    const startedAtMs = performance.now()
    const { created, unchanged, rejected } = await importInBulk(api, kind, rows)
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
    process.stdout.write(
      `${rows.length} ${kind} sent in ${seconds} s: ${created} created, ${unchanged} unchanged, ${rejected} rejected\n`,
    )
    if (rejected > 0) throw new Error(`${rejected} ${kind} were rejected`)
  }
}

async function askAll(api: ApiClient): Promise<number> {
  const lastDay =
    purchases
      .map(({ day }) => day)
      .toSorted()
      .at(-1) ?? ''
  const firstRecentDay = new Date(Date.parse(lastDay) - 364 * 86_400_000).toISOString().slice(0, 10)
  let wrong = 0
  for (const { question, rule, holds } of questions(firstRecentDay, lastDay)) {
    const { audienceSize } = await api.post<{ audienceSize: number }>('/campaigns/preview-audience', { rules: rule })
    const counted = [...purchasesOf.values()].filter(holds).length
    const verdict = audienceSize === counted ? 'agrees' : 'DIFFERS'
    if (audienceSize !== counted) wrong += 1
    process.stdout.write(`${question}: ${audienceSize} by the rule, ${counted} by counting the file: ${verdict}\n`)
  }
  return wrong
}

function questions(firstRecentDay: string, lastDay: string): readonly Question[] {
  return [
    {
      question: 'Customers with 5 or more purchases',
      rule: { aggregate: 'count', of: 'orders', operator: '>=', value: 5 },
      holds: (own) => own.length >= 5,
    },
    {
      question: 'Customers whose purchases sum to more than 500 dollars',
      rule: { aggregate: 'sum', of: 'orders', field: 'total', operator: '>', value: 500 },
      holds: (own) => own.reduce((sum, { amountCents }) => sum + amountCents, 0) > 500_00,
    },
    {
      question: `Customers without a purchase in the last 365 days (${firstRecentDay} to ${lastDay})`,
      rule: {
        aggregate: 'count',
        of: 'orders',
        where: { field: 'createdAt', operator: 'between', value: [firstRecentDay, lastDay] },
        operator: '=',
        value: 0,
      },
      holds: (own) => own.every(({ day }) => day < firstRecentDay),
    },
  ]
}
